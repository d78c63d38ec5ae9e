using System.Globalization;
using System.Text.Json.Nodes;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Contexts;

/// <summary>What fills contexts, and how near estimates came, in every form, as a reader sees it.</summary>
public sealed class ApprovedContextsTests(ApprovedContextsTests.Written written) : IClassFixture<ApprovedContextsTests.Written>
{
    public static TheoryData<string, string> Reports => new()
    {
        { "context", "context --since 24h" },
        { "context-of-one", "context support-4711" },
        { "context-by-thread", "context --model claude-opus-5-5" },
        { "context-unread", "context --model claude-sonnet-5-5" },
        { "context-alone", "context --model claude-opus-4-8" },
        { "context-none", "context --since 1h" },
        { "accuracy", "estimate --accuracy --since 24h" },
        { "accuracy-none", "estimate --accuracy --model claude-none" },
    };

    private ApprovedForms Forms => new(written.Ledger.Program);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Tables_fit_80_120_and_200_columns_with_colour_and_without(string name, string line) => Forms.VerifyTables(name, line);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line) => Forms.VerifyFiles(name, line);

    [Fact]
    public async Task Answers_without_counts_are_not_said_to_be_no_calls()
    {
        using var ledger = await WrittenLedger.OfAsync([Sample.Failed(Sample.Now.AddHours(-1), 1, CallOutcome.Error, "api_error", 500) with { Labels = new CallLabels { Conversation = "c" } }]);

        var output = ledger.Program().Output("context", "--since", "7d");

        Assert.Contains("No answer told how many tokens its prompt had.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("No call matches", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parts_of_a_turn_add_up_to_what_was_counted()
    {
        var lines = written.Ledger.Program().Output("context", "--format", "csv").Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

        Assert.Equal(25, lines.Length);
        Assert.All(lines.Select(l => l.TrimEnd('\r').Split(',')).Where(f => f[7].Length > 0), fields =>
            Assert.Equal(long.Parse(fields[6], null), fields[7..13].Sum(f => long.Parse(f, null))));
    }

    [Fact]
    public void A_conversation_is_found_by_the_id_of_one_of_its_calls()
    {
        var id = SampleConversations.All()[^2].Id.ToString();

        Assert.Contains(id[..8], written.Ledger.Program(140).Output("context", id[..12], "--format", "json"), StringComparison.Ordinal);
        Assert.Contains("no conversation 'nobody'", written.Ledger.Program().Run("context", "nobody").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_is_found_by_a_call_of_it_that_told_no_tokens()
    {
        var answered = SampleConversations.All()[^2];
        var failed = answered with { Id = CallId.Create(answered.StartedAt.AddMinutes(-1), 77), Outcome = CallOutcome.Error, Usage = null };
        using var ledger = await WrittenLedger.OfAsync([failed, answered]);

        Assert.Contains(answered.Id.ToString()[..8], ledger.Program(140).Output("context", failed.Id.ToString(), "--format", "json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_are_those_of_the_conversations_command()
    {
        var oneShots = Enumerable.Range(0, 10).Select(i => Sample.Call(Sample.Now.AddMinutes(-i - 1), 100 + i, i % 2 == 0 ? "claude-haiku-4-5-20251001" : "claude-opus-5-5") with
        {
            Labels = new CallLabels(),
            Prompt = SampleDialogue.PromptOf(["u:go on"], $"s:you are number {i}"),
        });
        using var ledger = await WrittenLedger.OfAsync([.. SampleDialogue.All(), .. oneShots]);

        var (context, conversations) = (Names(ledger, "context"), Names(ledger, "conversations"));

        Assert.Equal(conversations, context);
        Assert.Equal(10 + 3, context.Count);
    }

    [Fact]
    public async Task A_turn_fills_the_window_of_its_own_model()
    {
        using var ledger = await WrittenLedger.OfAsync([Named(1, "claude-none"), Named(2, "claude-opus-5-5")]);

        var lines = ledger.Program().Output("context", "--format", "csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["window", "", "1000000"], lines.Select(line => line.Split(',')[5]));
    }

    [Fact]
    public async Task What_failed_and_canceled_calls_cost_is_in_the_cost_so_far()
    {
        var canceled = Named(2, "claude-opus-5-5") with { Outcome = CallOutcome.Canceled };
        var calls = new[] { Named(1, "claude-opus-5-5"), canceled, Named(3, "claude-opus-5-5") };
        using var ledger = await WrittenLedger.OfAsync(calls);

        var json = JsonNode.Parse(ledger.Program().Output("context", "--format", "json"))!["conversations"]![0]!;

        Assert.Equal(calls.Sum(call => call.Cost.Total!.Value.Value), (long)(decimal.Parse((string)json["cost_usd"]!, CultureInfo.InvariantCulture) * 1_000_000_000m));
    }

    [Fact]
    public async Task The_last_turn_is_as_full_as_the_conversation()
    {
        using var ledger = await WrittenLedger.OfAsync([Named(1, "claude-opus-5-5") with { Usage = new TokenUsage { InputTokens = 65_400, OutputTokens = 200 } }]);

        var output = ledger.Program(120).Output("context");

        Assert.Equal(2, output.Split("6.6%").Length - 1);
        Assert.DoesNotContain("6.5%", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--accuracy looks at the ledger's calls", "estimate", "x.json", "--accuracy")]
    [InlineData("--since is about calls in the ledger", "estimate", "x.json", "--since", "7d")]
    [InlineData("needs an argument", "estimate")]
    public void What_goes_not_together_is_refused(string words, params string[] line)
    {
        var (code, _, errors) = new TestProgram(new FakeLedger([])).Run(line);

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("context")]
    [InlineData("estimate", "--accuracy")]
    public void An_empty_ledger_says_what_to_do_next(params string[] line) =>
        Assert.Contains("The ledger holds no calls yet.", new TestProgram(new FakeLedger([])).Output(line), StringComparison.Ordinal);

    private static List<string> Names(WrittenLedger ledger, string command) =>
        [.. ledger.Program().Output(command, "--format", "csv").Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Split(',')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static CallRecord Named(int number, string model) =>
        Sample.Priced(Sample.Call(Sample.Now.AddMinutes(number - 60), number, model)) with { Labels = new CallLabels { Conversation = "one" } };

    public sealed class Written : IAsyncLifetime
    {
        private WrittenLedger? _ledger;

        internal WrittenLedger Ledger => _ledger!;

        public async ValueTask InitializeAsync() => _ledger = await WrittenLedger.OfAsync(SampleConversations.All());

        public ValueTask DisposeAsync()
        {
            _ledger?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
