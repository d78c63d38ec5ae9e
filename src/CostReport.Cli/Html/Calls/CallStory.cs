using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Calls;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Html.Calls;

/// <summary>Everything that a page tells of one attempt.</summary>
/// <param name="Call">The attempt.</param>
/// <param name="Attempts">All attempts of its logical call up to it, oldest first.</param>
/// <param name="Explained">Its cost, computed again.</param>
internal sealed record CallStory(CallRecord Call, IReadOnlyList<CallRecord> Attempts, ExplainedCost Explained)
{
    // Among how many calls between the first attempt and this one the others are looked for; busy ledgers have many.
    private const int MostBetween = 2000;

    // Who tries again later than this does not wait for an answer.
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromMinutes(30);

    /// <summary>Asks the ledger.</summary>
    public static CallStory Of(CallRecord call, ILedgerSource ledger, IPriceSource prices) =>
        new(call, AttemptsOf(call, ledger), ExplainedCost.Of(call, ledger, prices));

    private static List<CallRecord> AttemptsOf(CallRecord call, ILedgerSource ledger)
    {
        if (call.FirstAttemptId is not { } first || first == call.Id || call.StartedAt - first.Time > s_longestRetry)
        {
            return [call];
        }

        var between = ledger.Calls(new CallFilter { Since = first.Time, Until = call.StartedAt }).Take(MostBetween);
        return [.. between.Where(c => c.Id == first || c.FirstAttemptId == first).Where(c => c.Id < call.Id), call];
    }
}
