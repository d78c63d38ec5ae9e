using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
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

    private ApprovedForms Forms => new(written.Ledger.Program);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Tables_fit_80_120_and_200_columns_with_colour_and_without(string name, string line) => Forms.VerifyTables(name, line);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line) => Forms.VerifyFiles(name, line);

    [Fact]
    public void A_conversation_is_found_by_the_id_of_any_of_its_calls()
    {
        var id = SampleDialogue.All()[3].Id.ToString();

        Assert.Contains("loop", written.Ledger.Program(140).Output("conversations", id[..20]), StringComparison.Ordinal);
        Assert.Contains("no conversation 'nobody'", written.Ledger.Program().Run("conversations", "nobody").Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, written.Ledger.Program().Run("conversations", "nobody").Code);
    }

    [Fact]
    public void All_that_calls_cost_is_in_the_sessions()
    {
        var lines = written.Ledger.Program().Output("sessions", "--format", "csv").Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

        Assert.Equal(
            SampleDialogue.All().Sum(call => call.Cost.Total!.Value.Value),
            lines.Sum(line => (long)(decimal.Parse(line.Split(',')[6], System.Globalization.CultureInfo.InvariantCulture) * 1_000_000_000m)));
    }

    [Fact]
    public async Task Calls_that_belong_to_no_conversation_are_not_said_to_be_none()
    {
        using var ledger = await WrittenLedger.OfAsync([Sample.Call(Sample.Now.AddHours(-1), 1), Sample.Call(Sample.Now.AddHours(-2), 2)]);

        var output = ledger.Program().Output("conversations", "--since", "7d");

        Assert.Contains("2 calls, and none of them in a conversation.", output, StringComparison.Ordinal);
        Assert.Contains("CallContext.Begin", output, StringComparison.Ordinal);
        Assert.DoesNotContain("No call matches", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_picture_of_calls_without_conversations_does_not_say_that_there_are_no_calls()
    {
        using var ledger = await WrittenLedger.OfAsync([Sample.Call(Sample.Now.AddHours(-1), 1)]);
        var path = Path.Combine(Path.GetDirectoryName(ledger.Path)!, "none.svg");

        ledger.Program().Output("conversations", "--chart", path);

        Assert.Contains("No call in this period belongs to a conversation.", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_of_one_name_are_told_apart_in_the_picture()
    {
        CallRecord Named(int hours, string? session) => Sample.Call(Sample.Now.AddHours(-hours), hours) with { Labels = new CallLabels { Conversation = "chat", Session = session } };
        using var ledger = await WrittenLedger.OfAsync([Named(1, "one"), Named(2, "two")]);
        var path = Path.Combine(Path.GetDirectoryName(ledger.Path)!, "alike.svg");

        ledger.Program().Output("conversations", "--chart", path);

        Assert.All((string[])[">chat · one<", ">chat · two<"], name => Assert.Contains(name, File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_without_a_letter_to_see_are_said_in_words()
    {
        using var ledger = await WrittenLedger.OfAsync([Sample.Call(Sample.Now.AddHours(-1), 1) with { Labels = new CallLabels { Conversation = "  ", Session = " " } }]);

        Assert.Contains("(blank)", ledger.Program().Output("conversations"), StringComparison.Ordinal);
        Assert.Contains("(blank)", ledger.Program().Output("sessions"), StringComparison.Ordinal);
        Assert.Contains("(blank)", ledger.Program().Output("--by", "session"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caching_that_cost_more_than_it_saved_is_said_in_words()
    {
        var calls = SampleDialogue.All().Select(c => c with { Cost = c.Cost with { SavedByCache = new NanoUsd(-100_000_000) } });
        using var ledger = await WrittenLedger.OfAsync(calls);

        Assert.Matches(@"it cost \$[0-9.]+ more than it saved", ledger.Program().Output("conversations"));
        Assert.Matches(@"it cost \$[0-9.]+ more than it saved", ledger.Program().Output("conversations", "support-4711"));
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
