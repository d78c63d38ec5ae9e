using CostLedger.Querying.Retrying;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Querying.Retrying;

public sealed class LogicalCallTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("S", "Used")]
    [InlineData("ES", "Retried Used")]
    [InlineData("EE", "Retried Failed")]
    [InlineData("C", "Abandoned")]
    [InlineData("EC", "Retried Abandoned")]
    [InlineData("TXI", "Retried Retried Failed")]
    [InlineData("SS", "Retried Used")]
    [InlineData("SE", "Used Failed")]
    [InlineData("RS", "Retried Used")]
    [InlineData("R", "Used")]
    [InlineData("RE", "Used Failed")]
    [InlineData("SR", "Used Failed")]
    public void The_answer_that_was_used_is_the_last_success_else_the_last_refusal(string outcomes, string fates)
    {
        var call = Of(outcomes);

        Assert.Equal(fates, string.Join(' ', Enumerable.Range(0, outcomes.Length).Select(call.FateOf)));
    }

    [Fact]
    public void Every_attempt_has_one_fate_and_at_most_one_is_used()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var call = new LogicalCall(Some(random));
            var fates = Enumerable.Range(0, call.Attempts.Count).Select(call.FateOf).ToList();

            Assert.Equal(call.Used is null ? 0 : 1, fates.Count(f => f == AttemptFate.Used));
            Assert.InRange(fates.Count(f => f is AttemptFate.Failed or AttemptFate.Abandoned), 0, 1);
            Assert.Equal(call.Used?.Outcome ?? call.Attempts[^1].Outcome, call.Outcome);
        }
    }

    [Fact]
    public void Waiting_and_running_make_up_the_time_from_the_first_attempt_to_the_end()
    {
        var random = new Random(6);
        for (var i = 0; i < 2_000; i++)
        {
            var call = new LogicalCall(Some(random));

            // Counted second by second: a second in which no attempt runs was waited.
            var (first, last) = (call.Attempts[0].Start, call.Attempts.Max(a => a.End));
            var idle = Enumerable.Range(0, (int)(last - first).TotalSeconds)
                .Count(s => call.Attempts.All(a => a.Start > first.AddSeconds(s) || a.End <= first.AddSeconds(s)));

            Assert.Equal(idle, call.Waited.TotalSeconds);
        }
    }

    [Fact]
    public void The_order_in_which_attempts_are_read_does_not_matter()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var attempts = Some(random);
            var (one, other) = (new LogicalCall(attempts), new LogicalCall(attempts.OrderBy(_ => random.Next())));

            Assert.Equal(one.Attempts, other.Attempts);
            Assert.Equal((one.Outcome, one.Waited), (other.Outcome, other.Waited));
        }
    }

    [Theory]
    [InlineData(5, 6.0, 0)]
    [InlineData(5, 5.2, 0)]
    [InlineData(5, 5.195, 0)]
    [InlineData(5, 3.2, 2)]
    [InlineData(60, 1.2, 59)]
    public void A_wait_counts_from_the_headers_that_asked_for_it(int asked, double nextAfterSeconds, double earlyBySeconds)
    {
        var told = At(0, CallOutcome.Error) with { Headers = TimeSpan.FromSeconds(0.2), Duration = TimeSpan.FromSeconds(1), RetryAfter = TimeSpan.FromSeconds(asked) };

        var haste = Assert.Single(new LogicalCall([told, At(nextAfterSeconds, CallOutcome.Success)]).Haste());

        Assert.Equal(earlyBySeconds, haste.TotalSeconds, 5);
    }

    [Fact]
    public void A_wait_that_nobody_tried_after_was_neither_kept_nor_broken()
    {
        Assert.Empty(new LogicalCall([At(0, CallOutcome.Error) with { RetryAfter = TimeSpan.FromSeconds(9) }]).Haste());
    }

    [Theory]
    [InlineData(CallOutcome.Timeout, null, CostBasis.Estimated, true)]
    [InlineData(CallOutcome.Canceled, 200, CostBasis.Estimated, true)]
    [InlineData(CallOutcome.Truncated, 200, CostBasis.Unpriced, true)]
    [InlineData(CallOutcome.Interrupted, null, CostBasis.Estimated, true)]
    [InlineData(CallOutcome.Error, null, CostBasis.Estimated, true)]
    [InlineData(CallOutcome.Error, 200, CostBasis.Estimated, true)]
    [InlineData(CallOutcome.Error, 529, CostBasis.Estimated, false)]
    [InlineData(CallOutcome.Error, 200, CostBasis.Unbilled, false)]
    [InlineData(CallOutcome.Timeout, null, CostBasis.Unbilled, false)]
    [InlineData(CallOutcome.Truncated, 200, CostBasis.Measured, true)]
    [InlineData(CallOutcome.Canceled, 200, CostBasis.Measured, true)]
    [InlineData(CallOutcome.Success, 200, CostBasis.Estimated, false)]
    public void What_was_given_up_after_it_was_sent_may_have_been_billed_too(CallOutcome outcome, int? status, CostBasis basis, bool isPerhapsBilled)
    {
        var first = At(0, outcome) with { HttpStatus = status, Basis = basis };

        Assert.Equal(isPerhapsBilled, new LogicalCall([first, At(9, CallOutcome.Success)]).PerhapsBilled().Any());
        Assert.Empty(new LogicalCall([first, At(9, CallOutcome.Error)]).PerhapsBilled());
        Assert.Empty(new LogicalCall([first]).PerhapsBilled());
    }

    [Fact]
    public void A_change_of_the_model_that_was_asked_for_is_a_fallback()
    {
        var attempts = new[] { 7L, 7, 0, 8, 9 }.Select((model, i) => At(i, CallOutcome.Error) with { ModelRequested = model, Model = model + 100 });

        Assert.Equal([(8L, 9L)], new LogicalCall(attempts).Fallbacks());
    }

    private static LogicalCall Of(string outcomes) => new(outcomes.Select((o, i) => At(i * 10, o switch
    {
        'S' => CallOutcome.Success,
        'E' => CallOutcome.Error,
        'C' => CallOutcome.Canceled,
        'T' => CallOutcome.Timeout,
        'X' => CallOutcome.Truncated,
        'R' => CallOutcome.Refused,
        _ => CallOutcome.Interrupted,
    })));

    private static List<AttemptRow> Some(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => At(random.Next(60), (CallOutcome)random.Next(1, 8), random.Next()) with { Duration = TimeSpan.FromSeconds(random.Next(20)) })];

    private static AttemptRow At(double seconds, CallOutcome outcome, int seed = 1) => new()
    {
        Id = CallId.Create(Start.AddSeconds(seconds), (UInt128)seed),
        Outcome = outcome,
        Duration = TimeSpan.FromSeconds(1),
    };
}
