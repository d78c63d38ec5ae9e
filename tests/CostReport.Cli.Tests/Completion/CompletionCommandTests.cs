using CostReport.Cli.Arguments;
using CostReport.Cli.Completion;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Completion;

public sealed class CompletionCommandTests
{
    private const string File = "CostReport.Cli.Tests.dll";

    public static TheoryData<string, string> Lines => new()
    {
        { "costreport mod", "models" },
        { "costreport ca", "calls cache" },
        { "costreport calls sh", "show" },
        { "costreport prices re", "reprice" },
        { "costreport --since 7d lat", "latency" },
        { "costreport completion ", "bash zsh fish pwsh" },
        { "costreport calls --for", "--format" },
        { "costreport prices reprice --dry", "--dry-run" },
        { "costreport --format ", "table json csv markdown" },
        { "costreport calls --format m", "markdown" },
        { "costreport cache --status t", "timeout truncated" },
        { "costreport --by day,mod", "day,model" },
        { "costreport --format=c", "csv" },
        { "costreport whatif --ttl ", "5m 1h" },
        { "costreport --session ", "" },
        { "costreport --ledger models --format js", "json" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Bash_offers_what_may_stand_there(string line, string expected)
    {
        Shell.Require("bash");
        Assert.Equal(Sorted(expected), Sorted(string.Join(' ', Shell.Bash(line))));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Fish_offers_what_may_stand_there(string line, string expected)
    {
        Shell.Require("fish");
        Assert.Equal(Sorted(expected), Sorted(string.Join(' ', Shell.Fish(line).Select(w => w.Split('=')[^1]))));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Zsh_offers_what_may_stand_there(string line, string expected)
    {
        Shell.Require("zsh");

        // zsh itself chooses among them by what was typed.
        var offered = Shell.Zsh(line).Select(l => l.Split(':')[0]).ToList();
        Assert.All(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), word => Assert.Contains(word.Split(',')[^1], offered, StringComparer.Ordinal));
        Assert.True(expected.Length > 0 || offered.Count == 0, string.Join(' ', offered));
    }

    [Theory]
    [InlineData("costreport --chart CostReport.Cli.Tests.d")]
    [InlineData("costreport prices check CostReport.Cli.Tests.d")]
    [InlineData("costreport estimate CostReport.Cli.Tests.d")]
    [InlineData("costreport doctor --ledger CostReport.Cli.Tests.d")]
    public void Files_are_offered_where_a_file_may_stand(string line)
    {
        Shell.Require("bash");
        Assert.Contains(File, Shell.Bash(line), StringComparer.Ordinal);
    }

    [Fact]
    public void Files_are_offered_by_zsh_and_fish()
    {
        Shell.Require("zsh");
        Shell.Require("fish");
        Assert.Contains("FILES", Shell.Zsh("costreport --chart "), StringComparer.Ordinal);
        Assert.Contains("FILES", Shell.Zsh("costreport prices check "), StringComparer.Ordinal);
        Assert.Contains(File, Shell.Fish("costreport --chart CostReport.Cli.Tests.d"), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_command_and_every_option_is_offered_by_bash()
    {
        Shell.Require("bash");
        foreach (var command in CommandCatalog.All)
        {
            Assert.Equal(
                Sorted(string.Join(' ', command.Options.SelectMany(CompletionWords.Names))), Sorted(string.Join(' ', Shell.Bash($"{command.FullName} -"))));
        }

        Assert.Equal(
            CommandCatalog.All.Select(c => c.Name).Where(n => n.Length > 0 && !n.Contains(' ', StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Shell.Bash("costreport ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_value_that_is_offered_is_accepted()
    {
        foreach (var (command, option) in CommandCatalog.All.SelectMany(c => c.Options.Select(o => (c, o))).Where(o => o.o.Values.Count > 0))
        {
            Assert.All(option.Values, value =>
            {
                string[] required = command switch { { NeedsArgument: true } => ["x"], _ => [] };
                var line = CommandLine.Parse([.. command.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. required, option.Name, value.EndsWith(':') ? value + "x" : value]);
                Assert.NotNull(InvocationReader.Read(line, new FixedTime(Sample.Now)));
            });
        }
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Scripts_are_as_approved(string shell) => Approval.Verify(Shell.Script(shell), $"completion-{shell}.txt");

    [Fact]
    public void An_unknown_shell_is_an_error_that_names_the_known_ones()
    {
        var (code, output, errors) = new TestProgram(new FakeLedger([])).Run("completion", "zhs");

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.Equal("costreport: there is no completion for 'zhs' (did you mean 'zsh'?); give one of bash, zsh, fish, pwsh\n", errors);
    }

    [Theory]
    [InlineData("completoin", "completion")]
    [InlineData("what-if", "whatif")]
    [InlineData("converations", "conversations")]
    [InlineData("cahce", "cache")]
    [InlineData("attempt", "attempts")]
    public void A_mistyped_command_is_answered_with_the_one_that_was_meant(string word, string meant)
    {
        var (code, _, errors) = new TestProgram(new FakeLedger([])).Run(word);

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains($"did you mean '{meant}'?", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_takes_a_value_everywhere_or_nowhere()
    {
        var kinds = CommandCatalog.All.SelectMany(c => c.Options).GroupBy(o => o.Name, StringComparer.Ordinal);

        Assert.All(kinds, k => Assert.Single(k.Select(o => o.Value is null).Distinct()));
    }

    private static string Sorted(string words) => string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
}
