using CostReport.Cli.Arguments;
using CostReport.Cli.Output;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Conversations;

/// <summary>Conversations, sessions and tools in every form, as a reader sees them.</summary>
public sealed class ApprovedConversationsTests(ApprovedConversationsTests.Written written) : IClassFixture<ApprovedConversationsTests.Written>
{
    public static TheoryData<string, string> Reports => new()
    {
        { "conversations", "conversations --since 24h" },
        { "conversations-of-one", "conversations support-4711" },
        { "conversations-of-session", "conversations --session shop" },
        { "conversations-none", "conversations --since 1h" },
        { "sessions", "sessions --since 24h" },
        { "sessions-none", "sessions --since 1h" },
        { "tools", "tools --since 24h" },
        { "tools-none", "tools --since 1h" },
    };

    [Theory]
    [MemberData(nameof(Reports))]
    public void Tables_fit_80_and_140_columns(string name, string line)
    {
        foreach (var width in new[] { 80, 140 })
        {
            var output = written.Ledger.Program(width).Output(line.Split(' '));

            Assert.All(output.Split('\n'), l => Assert.True(CellText.Width(l) <= width, $"{CellText.Width(l)} > {width}: {l}"));
            Approval.Verify(output, $"table-{name}-{width}.txt");
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line)
    {
        foreach (var (format, extension) in new[] { ("markdown", "md"), ("json", "json"), ("csv", "csv") })
        {
            var output = written.Ledger.Program(hasColor: true).Output([.. line.Split(' '), "--format", format]);

            Assert.DoesNotContain('\e', output);
            Approval.Verify(output, $"{name}.{extension}");
        }
    }

    [Fact]
    public void A_conversation_is_found_by_the_id_of_any_of_its_calls()
    {
        var id = SampleDialogue.All()[3].Id.ToString();

        Assert.Contains("loop", written.Ledger.Program(140).Output("conversations", id[..20]), StringComparison.Ordinal);
        Assert.Contains("no conversation 'nobody'", written.Ledger.Program().Run("conversations", "nobody").Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, written.Ledger.Program().Run("conversations", "nobody").Code);
    }

    [Fact]
    public void All_that_calls_cost_is_in_the_sessions()
    {
        var lines = written.Ledger.Program().Output("sessions", "--format", "csv").Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

        Assert.Equal(
            SampleDialogue.All().Sum(call => call.Cost.Total!.Value.Value),
            lines.Sum(line => (long)(decimal.Parse(line.Split(',')[6], System.Globalization.CultureInfo.InvariantCulture) * 1_000_000_000m)));
    }

    [Theory]
    [InlineData("conversations")]
    [InlineData("sessions")]
    [InlineData("tools")]
    public void An_empty_ledger_says_what_to_do_next(string command) =>
        Assert.Contains("The ledger holds no calls yet.", new TestProgram(new FakeLedger([])).Output(command), StringComparison.Ordinal);

    public sealed class Written : IAsyncLifetime
    {
        private WrittenLedger? _ledger;

        internal WrittenLedger Ledger => _ledger!;

        public async ValueTask InitializeAsync() => _ledger = await WrittenLedger.OfAsync(SampleDialogue.All());

        public ValueTask DisposeAsync()
        {
            _ledger?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
