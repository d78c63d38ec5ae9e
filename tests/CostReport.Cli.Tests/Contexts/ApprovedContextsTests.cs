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
        using var ledger = await WrittenLedger.OfAsync([Sample.Failed(Sample.Now.AddHours(-1), 1, CallOutcome.Error, "api_error", 500)]);

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
