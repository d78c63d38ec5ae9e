using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Calls;

/// <summary>What happened when in a call, one bar below the other.</summary>
internal static class CallPhases
{
    private const string Inner = "  ";
    private const int MostParts = 16;

    /// <summary>The phases of an attempt, each beginning where the one before ends; then what of its answer came when, where that says more.</summary>
    public static IReadOnlyList<Bar> Of(CallTiming timing)
    {
        var phases = new List<Bar>();
        var start = TimeSpan.Zero;
        void Add(string label, TimeSpan? end)
        {
            if (end is { } known && known >= start)
            {
                phases.Add(Bar(label, start, known));
                start = known;
            }
        }

        Add("until the headers", timing.Headers);
        Add("until the first event", timing.FirstEvent);
        Add("until the first content", timing.FirstContent);
        Add(phases.Count == 0 ? "whole attempt" : "until the end", timing.Total);
        if (timing.Parts.Count > 1)
        {
            phases.AddRange(timing.Parts.Take(MostParts).Select(part => Bar(Inner + Name(part), part.Start, part.End)));
            Leftover(phases, timing.Parts);
        }

        return phases;
    }

    /// <summary>What a part is called: a block's type as it is, a silence in words.</summary>
    public static string Name(AnswerPart part) => IsSilence(part) ? "nothing arrives" : SafeText.Short(part.Kind);

    /// <summary>Whether nothing came.</summary>
    public static bool IsSilence(AnswerPart part) => string.Equals(part.Kind, AnswerPart.Silence, StringComparison.Ordinal);

    private static void Leftover(List<Bar> phases, IReadOnlyList<AnswerPart> parts)
    {
        if (parts.Count > MostParts)
        {
            var rest = parts.Skip(MostParts).ToList();
            phases.Add(Bar($"{Inner}{Figures.Count(rest.Count, "other part")}", rest[0].Start, rest.Max(part => part.End)));
        }
    }

    private static Bar Bar(string label, TimeSpan start, TimeSpan end)
    {
        var length = end > start ? end - start : TimeSpan.Zero;
        return new Bar(label, length.Ticks, Figures.Duration(length), start.Ticks);
    }
}
