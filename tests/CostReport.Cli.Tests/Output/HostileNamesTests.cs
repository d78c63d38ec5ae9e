using System.Text.Json;
using CostLedger.Records;
using CostReport.Cli.Output;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Output;

/// <summary>Names come from elsewhere: they are shown, never obeyed.</summary>
public sealed class HostileNamesTests
{
    private static readonly string[] Names =
    [
        "\u001b]0;title\u0007\u001b[2J",
        "[red]markup[/] {0} %s",
        "a|b`c`*d*_e_<script>alert(1)</script>&amp;",
        "=HYPERLINK(\"http://x\",\"y\")",
        "-1+1|cmd",
        "\u202Eright-to-left\u2069",
        "line\r\nbreak,\"quoted\"",
        "\uD83D lone surrogate",
        new('m', 500),
        "模型-قارئ-🙂",
        "",
    ];

    [Theory]
    [InlineData("--by model")]
    [InlineData("--by session,tag:team")]
    [InlineData("models")]
    [InlineData("calls")]
    [InlineData("calls show req_0003")]
    [InlineData("")]
    public void Terminal_output_has_no_control_character_but_line_ends_and_fits(string line)
    {
        var output = Program().Run(Words(line)).Output;

        Assert.All(output, c => Assert.True(c == '\n' || (!char.IsControl(c) && c is not ('\u202E' or '\u2069')), $"U+{(int)c:X4}"));
        Assert.All(output.Split('\n'), l => Assert.True(CellText.Width(l) <= 80, l));
    }

    [Fact]
    public void Markdown_escapes_what_would_be_markup()
    {
        Approval.Verify(Program().Run("--by", "model", "--format", "markdown").Output, "hostile.md");
    }

    [Theory]
    [InlineData("@org/team", "@&#8203;org/team")]
    [InlineData("ask @someone, or (@other)", "ask @&#8203;someone, or (@&#8203;other)")]
    [InlineData("claude-sonnet-5@20260514", "claude-sonnet-5@20260514")]
    [InlineData("a @ b", "a @ b")]
    public void Markdown_calls_nobody_by_name(string name, string written)
    {
        var output = new TestProgram(new FakeLedger([Hostile(name, 0)])).Run("--by", "model", "--format", "markdown").Output;

        Assert.Contains($"| {written} |", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_is_rfc_4180_and_no_text_is_a_formula()
    {
        var output = Program().Run("calls", "--format", "csv").Output;

        var rows = Parse(output);

        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        Assert.All(rows.SelectMany(r => r), cell => Assert.False(cell.Length > 0 && cell[0] is '=' or '+' or '@' or '\t', cell));
        Assert.All(rows.SelectMany(r => r).Where(c => c.StartsWith('-')), cell => Assert.Matches(@"^-[\d.]+$", cell));
        Assert.Contains(rows, r => r.Contains("'=HYPERLINK(\"http://x\",\"y\")", StringComparer.Ordinal));
        Assert.Contains(rows, r => r.Contains("line\r\nbreak,\"quoted\"", StringComparer.Ordinal));
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public void Json_keeps_every_name_and_is_valid()
    {
        using var json = JsonDocument.Parse(Program().Run("calls", "--format", "json").Output);
        var models = json.RootElement.GetProperty("calls").EnumerateArray().Select(c => c.GetProperty("model").GetString()).ToList();

        Assert.Equal(Names.Select(n => n.Replace("\uD83D lone", "\uFFFD lone", StringComparison.Ordinal)), models, StringComparer.Ordinal);
    }

    private static TestProgram Program() => new(new FakeLedger([.. Names.Select((name, i) => Hostile(name, i))]));

    private static CallRecord Hostile(string name, int i)
    {
        var call = Sample.Call(Sample.Now.AddHours(-i - 1).AddDays(-(Names.Length - i)), i);
        return call with
        {
            ModelServed = name,
            ModelRequested = name,
            ErrorType = name,
            StopReason = name,
            Host = name,
            Timing = call.Timing with { Parts = [new AnswerPart(name, TimeSpan.Zero, TimeSpan.FromSeconds(1)), new AnswerPart(name, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4))] },
            Labels = new CallLabels { Session = name, Conversation = name, Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = name } },
        };
    }

    private static string[] Words(string line) => line.Length == 0 ? [] : line.Split(' ');

    private static List<List<string>> Parse(string csv)
    {
        var rows = new List<List<string>> { new() };
        var at = 0;
        while (at < csv.Length)
        {
            rows[^1].Add(Cell(csv, ref at));
            if (csv[at] == ',')
            {
                at++;
                continue;
            }

            Assert.Equal("\r\n", csv.Substring(at, 2));
            at += 2;
            rows.Add([]);
        }

        rows.RemoveAt(rows.Count - 1);
        return rows;
    }

    private static string Cell(string csv, ref int at)
    {
        var start = at;
        if (csv[at] != '"')
        {
            at = csv.IndexOfAny([',', '\r'], at);
            Assert.DoesNotContain('"', csv[start..at]);
            return csv[start..at];
        }

        for (at++; csv[at] != '"' || csv[at + 1] == '"'; at++)
        {
            at += csv[at] == '"' ? 1 : 0;
        }

        at++;
        return csv[(start + 1)..(at - 1)].Replace("\"\"", "\"", StringComparison.Ordinal);
    }
}
