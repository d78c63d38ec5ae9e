using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Commands;

/// <summary>Pages are files: whole ones, or none.</summary>
public sealed class HtmlFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costreport-html-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_summary_has_a_page_of_its_own_and_the_terminal_shows_what_it_always_does()
    {
        var file = At("week.html");

        var output = Program().Output("--since", "7d", "--html", file);

        Assert.Equal(Program().Output("--since", "7d"), output);
        var html = File.ReadAllText(file);
        Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", html, StringComparison.Ordinal);
        Assert.Contains("id=\"models-table\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--by model")]
    [InlineData("models")]
    [InlineData("calls")]
    [InlineData("calls show req_0025")]
    [InlineData("latency")]
    [InlineData("errors")]
    [InlineData("attempts")]
    [InlineData("limits")]
    [InlineData("context")]
    public void Every_report_can_be_a_page(string line)
    {
        var file = At("page.html");

        Program().Output([.. line.Split(' '), "--html", file]);

        Assert.Contains("<h1>", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--by model")]
    [InlineData("models")]
    [InlineData("latency")]
    [InlineData("errors")]
    [InlineData("limits")]
    [InlineData("context")]
    [InlineData("conversations")]
    [InlineData("conversations support-4711")]
    [InlineData("sessions")]
    [InlineData("tools")]
    [InlineData("cache")]
    public async Task A_report_with_a_chart_has_it_on_its_page(string line)
    {
        using var written = await WrittenLedger.OfAsync([.. SampleDialogue.All(), .. SampleLimits.AmongTwoWeeks()]);
        var file = At("page.html");

        written.Program().Run([.. line.Split(' '), "--html", file]);

        var html = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.InRange(html.IndexOf("<figure class=\"chart\" id=\"chart\"", StringComparison.Ordinal), 1, html.IndexOf("<table", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_without_calls_has_no_empty_chart()
    {
        using var written = await WrittenLedger.OfAsync([]);
        var file = At("page.html");

        written.Program().Run("latency", "--html", file);

        Assert.DoesNotContain("<figure", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_what_if_can_be_a_page()
    {
        using var written = await WrittenLedger.OfAsync(SampleTraffic.Some());
        var file = At("page.html");

        written.Program().Run("whatif", "--no-cache", "--html", file);

        Assert.Contains("What if nothing was cached", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_may_be_called_like_what_stands_for_a_missing_one()
    {
        var calls = new[] { -1, -9 }.SelectMany(day => new[] { null, "(none)" }.Select((model, i) =>
            Sample.Call(Sample.Now.AddDays(day), i) with { ModelServed = model, ModelRequested = model }));

        var (_, _, errors) = new TestProgram(new FakeLedger([.. calls])).Run("--since", "7d", "--html", At("page.html"));

        Assert.Equal("", errors);
        Assert.Contains("(none)", File.ReadAllText(At("page.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_is_there_is_replaced_and_nothing_is_left_beside_it()
    {
        var file = At("page.html");
        File.WriteAllText(file, "old");

        Program().Output("--html", file);

        Assert.StartsWith("<!doctype html>", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_one_line_and_no_file()
    {
        var file = At(Path.Combine("missing", "page.html"));

        var (code, output, errors) = Program().Run("--html", file);

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.StartsWith("costreport: --html '", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void A_folder_in_the_pages_place_leaves_nothing_beside_it()
    {
        _folder.CreateSubdirectory("page.html");

        var (code, _, errors) = Program().Run("--html", At("page.html"));

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains("cannot be written", errors, StringComparison.Ordinal);
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData("--html page.svg", "give a file name that ends in .html")]
    [InlineData("--html page.html --format json", "--html goes with --format table or markdown")]
    [InlineData("latency --html page.html --format csv", "--html goes with --format table or markdown")]
    public void What_cannot_be_is_refused_with_what_can(string line, string expected)
    {
        var (code, _, errors) = Program().Run(line.Split(' '));

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    private static TestProgram Program() => new(new FakeLedger(Sample.TwoWeeks()));

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
