namespace Tidy.Tests.Rooms;

/// <summary>One project's rooms, from left to right: a room uses only rooms to its left, and never the root.</summary>
/// <param name="Project">The project, which is also its root namespace.</param>
/// <param name="Assembly">The assembly.</param>
/// <param name="Order">The rooms, as namespaces below the root.</param>
internal sealed record RoomMap(string Project, string Assembly, IReadOnlyList<string> Order)
{
    /// <summary>The name of the root among rooms.</summary>
    public const string Root = "";

    /// <summary>The maps of the products. A new room is entered here at its place in the flow of the data.</summary>
    public static IReadOnlyList<RoomMap> All { get; } =
    [
        new("CostLedger", "CostLedger",
        [
            "Records.Prompts", "Records.Tools", "Records", "Records.Errors", "Pricing.Rows", "Pricing.Files", "Pricing.Matching", "Pricing.Parts", "Pricing", "Storage", "Rows.Tables",
            "Rows", "Resilience", "Writing", "Writing.Bulk", "Querying.Files", "Querying.Reading", "Querying.Prices", "Querying.Scanning", "Querying.Summing", "Querying", "Querying.Latency",
            "Querying.Errors", "Querying.Retrying", "Querying.Attempts", "Querying.Limits", "Querying.Prompts", "Querying.Overviews", "Querying.Caching.Findings", "Querying.Caching.Scans",
            "Querying.Caching.Traffic", "Querying.Caching.Advice", "Querying.Caching.Rules", "Querying.Caching", "Querying.Trees", "Querying.Histories", "Querying.Conversations",
            "Querying.Tools", "Querying.Traffic", "Repricing", "Retention",
        ]),
        new("Telemetry.Handler", "Telemetry.Handler",
        [
            "Diagnostics", "Connections", "Names", "Endpoints", "Tokens.Splitting", "Tokens.Vocabularies", "Tokens", "Requests", "Media", "Segments", "Segments.Reading", "Segments.Tries", "ToolRounds", "Bodies", "Headers", "Labels", "Streaming", "Json", "EventStreams",
            "Documents", "Messages", "Content.Texts", "Content.Parts", "Content", "Estimating", "Estimating.Overheads", "Estimating.Calibrating", "Estimating.Sizing", "Estimating.Prompts",
            "Caching", "Caching.Model", "Caching.Calls", "Caching.Prints", "Caching.Diagnosing", "Caching.Forecasting", "Caching.Replaying", "Attempts", "Spans", "Metrics",
            "Draining", "Events", "Batches", "Batches.Results", "Prompting.Caches", "Prompting", "Recording", "Progress", "Observing",
        ]),
        new("CostReport.Cli", "costreport",
        [
            "Times", "Arguments.Specs", "Arguments", "Sources", "Documents", "Reports", "Calls", "Prices", "Charts.Svg", "Charts.Scales", "Charts.Marks",
            "Charts.OverTime", "Charts.Amounts", "Charts.Calls", "Charts", "Summaries", "Output", "Output.Markdown", "Help", "Progress", "Html.Markup", "Html.Tables", "Html.Pages", "Html.Reports",
            "World", "Completion", "Statistics", "Attempts", "Limits", "Estimates.Inputs", "Estimates.Costs", "Estimates.Findings", "Estimates.Reviewing", "Estimates.Answering",
            "Estimates.Showing", "Estimates", "Estimates.Accuracy", "Contexts", "Conversations", "Tools", "Caching", "Whatifs.Assuming", "Whatifs.Answering",
            "Whatifs.Showing", "Whatifs", "Exporting", "Html.Calls", "Html.Data", "Html.Listing", "Html.Sections", "Html", "Live", "Live.Glances", "Live.Watching", "Live.Exposing",
            "Live.Serving", "Commands",
        ]),
    ];

    /// <summary>The room of a namespace; null for one of another project or of generated code.</summary>
    public string? RoomOf(string space)
    {
        if (string.Equals(space, Project, StringComparison.Ordinal))
        {
            return Root;
        }

        return space.StartsWith(Project + ".", StringComparison.Ordinal) ? space[(Project.Length + 1)..] : null;
    }

    /// <summary>Whether a room may use another; the root may use all.</summary>
    public bool Allows(string user, string used) => used != Root && (user == Root || Place(used) < Place(user));

    /// <summary>The place from the left; null for a room that is not entered.</summary>
    public int? Place(string room)
    {
        for (var i = 0; i < Order.Count; i++)
        {
            if (string.Equals(Order[i], room, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return null;
    }
}
