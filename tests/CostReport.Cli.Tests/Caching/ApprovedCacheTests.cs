using System.Text.Json;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Caching;

/// <summary>What the prompt cache saved and lost, in every form, as a reader sees it.</summary>
public sealed class ApprovedCacheTests(ApprovedCacheTests.Written written) : IClassFixture<ApprovedCacheTests.Written>
{
    public static TheoryData<string, string> Reports => new()
    {
        { "cache", "cache --since 7d" },
        { "cache-by-day-and-model", "cache --since 7d --by day,model" },
        { "cache-of-a-reason", "cache --reason system_changed --breaks 3" },
        { "cache-none", "cache --since 1h" },
        { "cache-unmarked", "cache --model claude-sonnet-5" },
    };

    private ApprovedForms Forms => new(written.Ledger.Program);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Tables_fit_80_120_and_200_columns_with_colour_and_without(string name, string line) => Forms.VerifyTables(name, line);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line) => Forms.VerifyFiles(name, line);

    [Fact]
    public void The_json_has_its_members_and_adds_up()
    {
        using var json = JsonDocument.Parse(written.Ledger.Program().Output("cache", "--format", "json"));
        var root = json.RootElement;
        decimal Money(JsonElement element, string name) => decimal.Parse(element.GetProperty(name).GetString()!, null);

        Assert.InRange(root.GetProperty("hit_ratio").GetDecimal(), 0.1m, 0.9m);
        Assert.Equal(Money(root, "wasted_usd"), root.GetProperty("by_reason").EnumerateArray().Sum(r => Money(r, "cost_lost_usd")));
        Assert.Equal(Money(root, "wasted_usd"), root.GetProperty("breaks").EnumerateArray().Sum(b => Money(b, "cost_lost_usd")));
        Assert.NotEqual(0, Money(root, "saved_usd"));
        Assert.NotEqual(0, root.GetProperty("advice").GetArrayLength());
        Assert.All(root.GetProperty("breaks").EnumerateArray(), b => Assert.All(
            (string[])["call_id", "at", "conversation", "reason", "level", "segment", "tokens_lost", "cost_lost_usd"], name => Assert.True(b.TryGetProperty(name, out _), name)));
    }

    [Fact]
    public void A_calls_page_tells_of_its_break()
    {
        using var json = JsonDocument.Parse(written.Ledger.Program().Output("cache", "--format", "json", "--reason", "system_changed"));
        var id = json.RootElement.GetProperty("breaks")[0].GetProperty("call_id").GetString()!;

        var page = written.Ledger.Program(140).Output("calls", "show", id);

        Assert.Contains("Prompt cache", page, StringComparison.Ordinal);
        Assert.Contains("system[0] byte 1808 of 5120", page, StringComparison.Ordinal);
        Assert.Contains("\"cache_break\"", written.Ledger.Program().Output("calls", "show", id, "--format", "json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(120)]
    [InlineData(140)]
    public void The_place_of_a_break_is_whole_where_less_important_columns_can_go(int width)
    {
        var output = written.Ledger.Program(width).Output("cache", "--reason", "system_changed");

        Assert.Contains("system_changed  system[0] byte 1808 of 5120", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_with_a_break_can_be_listed_alone()
    {
        var breaks = SampleBreaks.All().Count(c => c.CacheBreak is { IsMissed: false });
        var listed = written.Ledger.Program().Output("calls", "--cache-breaks", "--format", "csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(breaks, listed.Length - 1);
    }

    [Fact]
    public void The_picture_shows_what_was_read_written_and_uncached()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.svg");
        try
        {
            written.Ledger.Program().Output("cache", "--since", "7d", "--chart", file);

            Approval.Verify(File.ReadAllText(file), "chart-cache.svg");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Hostile_names_steer_nothing()
    {
        using var ledger = await WrittenLedger.OfAsync([SampleBreaks.Hostile()]);

        foreach (var format in new[] { "table", "markdown" })
        {
            var output = ledger.Program(140).Output("cache", "--format", format);
            Assert.DoesNotContain('\e', output);
            Assert.DoesNotContain('\u202E', output);
            Assert.DoesNotContain('\a', output);
        }

        Assert.DoesNotContain("<script>", ledger.Program(140).Output("cache", "--format", "markdown"), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', ledger.Program(140).Output("calls", "show", SampleBreaks.Hostile().Id.ToString()));
    }

    [Theory]
    [InlineData("did you mean 'system_changed'", "--reason", "system_chnged")]
    [InlineData("give a whole number from 1 to 100,000", "--breaks", "0")]
    [InlineData("give a whole number from 1 to 100,000", "--breaks", "many")]
    public void What_cannot_be_meant_is_refused(string words, params string[] options)
    {
        var (code, _, errors) = new TestProgram(new FakeLedger([])).Run(["cache", .. options]);

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_ledger_says_what_to_do_next() =>
        Assert.Contains("The ledger holds no calls yet.", new TestProgram(new FakeLedger([])).Output("cache"), StringComparison.Ordinal);

    public sealed class Written : IAsyncLifetime
    {
        private WrittenLedger? _ledger;

        internal WrittenLedger Ledger => _ledger!;

        public async ValueTask InitializeAsync() => _ledger = await WrittenLedger.OfAsync(SampleBreaks.All());

        public ValueTask DisposeAsync()
        {
            _ledger?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
