using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Amounts;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Contexts;

/// <summary>Makes the picture of what the context of a conversation's last turn holds.</summary>
internal static class ContextChart
{
    /// <summary>Makes the chart of the first conversation of which the parts are known.</summary>
    /// <param name="found">The conversations, the fullest first.</param>
    /// <param name="period">The period.</param>
    public static ShareBar Of(IReadOnlyList<ConversationContext> found, Period period)
    {
        var shown = found.FirstOrDefault(c => c.Last.Parts is not null);
        return shown is { Last.Parts: { } parts }
            ? new ShareBar(
                $"Context of {SafeText.Short(shown.Name)} by source: {Figures.Count(shown.Last.Tokens)} tokens",
                $"{Wording.Of(period)}. The last turn of the conversation; {Window(shown)}.",
                [.. parts.All.Select(part => new Amount(part.Name, part.Tokens))],
                Measure.Count)
            : new ShareBar("Context by source", $"Nothing to show: {Wording.Of(period)}.", [], Measure.Count)
            {
                Nothing = "No call in this period tells what its input was made of.",
            };
    }

    private static string Window(ConversationContext conversation) => conversation.Last.Window is { } window
        ? $"the model's window holds {Figures.Count(window)} tokens"
        : "the model's window is not known";
}
