using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Arguments;

public sealed class UserErrorTests
{
    private static readonly string[][] Mistakes =
    [
        ["modles"],
        ["model"],
        ["modle"],
        ["fromat"],
        ["lat"],
        ["con"],
        ["help", "latency"],
        ["estimate", "--all=1"],
        ["--sinc", "7d"],
        ["--since"],
        ["--since", "yesteray"],
        ["--since", "7d", "--since", "8d"],
        ["--since", "2026-12-01", "--until", "2026-11-01"],
        ["--since", "2027-01-01"],
        ["--tz", "Europe/Berlni"],
        ["--tz", "../../etc/passwd"],
        ["--tz", ""],
        ["--by", "modle"],
        ["--by", "tag:"],
        ["--by", "day,,model"],
        ["--format", "jsn"],
        ["--chart", "cost.gif"],
        ["--model", ""],
        ["--model", "claude\n*"],
        ["--provider", "antropic"],
        ["--status", "6xx"],
        ["--ledger", ""],
        ["--tag", "team"],
        ["--tag", "=x"],
        ["calls", "--last", "0"],
        ["calls", "--last", "many"],
        ["calls", "--by", "model"],
        ["calls", "shwo"],
        ["calls", "show"],
        ["calls", "show", "abc"],
        ["calls", "show", "01AA", "01BB"],
        ["calls", "show", "nothing-like-it"],
        ["calls", "show", "01M7"],
        ["calls", "01M7R3XN7000"],
        ["conversations", "--last", "5"],
        ["conversations", "--sinec", "5"],
        ["prices"],
        ["prices", "lst"],
        ["prices", "show", "claude-opsu-5-5"],
        ["prices", "show", "claude"],
        ["prices", "show", "sonnet"],
        ["prices", "check", "/no/such/file.json"],
        ["prices", "reprice", "--prices", "/no/such/file.json"],
        ["doctor", "--since", "7d"],
        ["--since", "7d", "doctor"],
        ["[diagram]"],
        ["@file"],
        ["help"],
        ["frobnicate"],
        ["models", "claude-opus-5"],
        ["--ascii=1"],
        [""],
        ["\u001b[31mred\u202e"],
    ];

    [Fact]
    public void Every_mistake_is_one_line_that_says_what_to_do()
    {
        var text = new StringBuilder();
        foreach (var words in Mistakes)
        {
            var (code, output, errors) = new TestProgram(new FakeLedger(Sample.TwoWeeks())).Run(words);

            Assert.Equal("", output);
            Assert.NotEqual(ExitCode.Fine, code);
            Assert.StartsWith("costreport: ", errors, StringComparison.Ordinal);
            Assert.Equal(errors.Length - 1, errors.IndexOf('\n', StringComparison.Ordinal));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"> costreport {string.Join(' ', words.Select(w => w.Replace("\n", "<LF>", StringComparison.Ordinal).Replace("\u001b", "<ESC>", StringComparison.Ordinal).Replace("\u202e", "<RLO>", StringComparison.Ordinal)))}\n[{(int)code}] {errors}\n");
        }

        Approval.Verify(text.ToString(), "errors.txt");
    }

    [Fact]
    public void Garbage_never_gives_a_stack_trace_or_more_than_one_line()
    {
        string[] vocabulary =
        [
            .. CommandCatalog.All.SelectMany(c => c.Name.Split(' ')), .. CommandCatalog.All.SelectMany(c => c.Options).Select(o => o.Name),
            "7d", "2026-11-01", "model", "json", "csv", "tag:x", "k=v", "*", "-", "--", "---", "=", ":", ",", "\0", "\n", "'", "\"", "\uD800", "💸", "-1",
            "@", "[", "]", "[suggest:1]", "9999-12-31", "0001-01-01", "99999999999999999999d", "%", "%s", "{0}", "$(x)", "..", "/", "\\", new string('x', 5000),
            "x.svg/y.svg", "--since=", "--by=day,model", "--tz=UTC", "-h=", "/h", "/?", "-?",
        ];
        var random = new Random(20261120);
        for (var round = 0; round < 3000; round++)
        {
            var words = Enumerable.Range(0, random.Next(1, 7)).Select(_ => Word(random, vocabulary)).Where(w => !w.EndsWith(".svg", StringComparison.Ordinal)).ToArray();

            var (code, _, errors) = new TestProgram(new FakeLedger(Sample.TwoWeeks())).Run(words);

            Assert.True(code != ExitCode.Fault, $"{string.Join(' ', words)}: {errors}");
            Assert.True(errors.Count(c => c == '\n') <= 1, errors);
            Assert.DoesNotContain(" at ", errors.Replace("look at", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_example_of_the_help_is_understood()
    {
        foreach (var (line, _) in CommandCatalog.All.SelectMany(c => c.Examples))
        {
            var words = line.Replace("'", "", StringComparison.Ordinal).Split(' ')[1..];

            Assert.NotNull(InvocationReader.Read(CommandLine.Parse(words), new FixedTime(Sample.Now.AddMonths(1))));
        }
    }

    [Theory]
    [InlineData("--help", "help")]
    [InlineData("--by", "--bye")]
    [InlineData("models", "model")]
    [InlineData("claude-opus-5-5", "claude-opsu-5-5")]
    public void Nearest_names_are_suggested(string expected, string word) =>
        Assert.Equal(expected, Suggestion.Nearest(word, ["--help", "--by", "models", "claude-opus-5-5", "--tz"]));

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("-x")]
    [InlineData("ab")]
    [InlineData("")]
    public void Nothing_is_suggested_for_what_is_like_nothing(string word) =>
        Assert.Null(Suggestion.Nearest(word, ["--help", "--by", "models", "--tz"]));

    private static string Word(Random random, string[] vocabulary)
    {
        if (random.Next(4) > 0)
        {
            return vocabulary[random.Next(vocabulary.Length)];
        }

        return string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(1, 0x3000)));
    }
}
