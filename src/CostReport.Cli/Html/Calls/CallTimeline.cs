using CostLedger.Records;
using CostReport.Cli.Calls;
using CostReport.Cli.Charts.Calls;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Html.Calls;

/// <summary>Draws what happened when in a call: its attempts, and in each the headers, the first token, the content.</summary>
internal static class CallTimeline
{
    /// <summary>Makes the picture.</summary>
    /// <param name="attempts">The attempts of one logical call, oldest first; at least one.</param>
    public static Waterfall Of(IReadOnlyList<CallRecord> attempts)
    {
        var start = attempts[0].StartedAt;
        var rows = new List<TimelineRow>();
        var free = TimeSpan.Zero;
        foreach (var attempt in attempts)
        {
            var from = attempt.StartedAt - start;
            var phases = new List<Phase>();
            if (rows.Count > 0 && from > free)
            {
                phases.Add(new Phase(PhaseKind.Pause, "pause", free, from));
            }

            phases.AddRange(Phases(attempt, from));
            rows.Add(new TimelineRow(attempts.Count > 1 ? $"attempt {attempt.Attempt}" : "call", phases));
            rows.AddRange(Parts(attempt.Timing, from));
            free = from + attempt.Timing.Total;
        }

        return new Waterfall("Timeline", Describe(attempts), rows);
    }

    private static IEnumerable<Phase> Phases(CallRecord call, TimeSpan from)
    {
        var timing = call.Timing;
        var failed = call.Outcome is not (CallOutcome.Success or CallOutcome.Refused);
        var at = TimeSpan.Zero;
        foreach (var (kind, name, end) in new[]
        {
            (PhaseKind.Headers, "headers", timing.Headers), First(timing),
        })
        {
            if (end is { } known && known >= at && known <= timing.Total)
            {
                yield return new Phase(kind, name, from + at, from + known);
                at = known;
            }
        }

        if (timing.Total > at)
        {
            yield return failed
                ? new Phase(PhaseKind.Failed, call.Outcome.Name(), from + at, from + timing.Total)
                : new Phase(PhaseKind.Content, call.IsStream ? "content" : "answer", from + at, from + timing.Total);
        }
    }

    // The first event of an answer that is not streamed is its whole body, which is no token.
    private static (PhaseKind Kind, string Name, TimeSpan? End) First(CallTiming timing) => timing.FirstContent is { } token
        ? (PhaseKind.FirstToken, "first token", token)
        : (PhaseKind.FirstEvent, "first event", timing.FirstEvent);

    // One block is what the attempt's own row shows.
    private static IEnumerable<TimelineRow> Parts(CallTiming timing, TimeSpan from) => timing.Parts.Count < 2
        ? []
        : timing.Parts.Select(part => new TimelineRow(
            CallPhases.Name(part),
            [new Phase(CallPhases.IsSilence(part) ? PhaseKind.Gap : PhaseKind.Content, CallPhases.Name(part), from + part.Start, from + part.End)],
            IsInner: true));

    private static string Describe(IReadOnlyList<CallRecord> attempts)
    {
        var last = attempts[^1];
        var whole = Figures.Duration(last.StartedAt - attempts[0].StartedAt + last.Timing.Total);
        var first = last.Timing.FirstContent is { } token ? $" The first token came {Figures.Duration(token)} after the last attempt began." : "";
        return $"{Figures.Count(attempts.Count, "attempt")}, {whole} in all.{first}";
    }
}
