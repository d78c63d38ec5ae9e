using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Calls;

/// <summary>One call: what happened when, and the sum that explains its cost.</summary>
internal static class CallReport
{
    /// <summary>Makes the report.</summary>
    /// <param name="call">The call.</param>
    /// <param name="explained">Its cost, computed again.</param>
    /// <param name="period">The time zone and the present.</param>
    public static Report Of(CallRecord call, ExplainedCost explained, Period period) => new(
        $"Call {call.Id}",
        $"{Figures.Second(period.Local(call.StartedAt))} ({period.ZoneName})",
        [
            new Section { Facts = Identity(call) },
            .. call.Operation == Operation.BatchResult ? (Section[])[] : [new Section { Heading = "Timeline", Phases = CallPhases.Of(call.Timing) }, new Section { Facts = Stream(call) }],
            new Section { Heading = "Usage", Facts = Usage(call) },
            .. Measured(call.InvocationMetrics),
            .. CacheSection.Of(call),
            CostSection.Of(call, explained),
            .. Limits(call),
        ]);

    private static List<Fact> Identity(CallRecord call) => Known(
        Outcome(call),
        new Fact("Model", call.Model ?? "(unknown)", Asked(call)),
        Text("Model alias", call.ModelAlias is { } alias && !Same(alias, call.Model) ? alias : null, "by ModelAliases; the answer named the model itself"),
        new Fact("Provider", call.Provider.Name(), Join(call.Operation.Name(), call.IsStream ? "streamed" : "not streamed", call.Host, call.Location)),
        new Fact("Attempt", Figures.Count(call.Attempt), call.FirstAttemptId is { } first && first != call.Id ? $"of the call that began with {first}" : ""),
        Text("Stop reason", call.StopReason, call.RefusalCategory),
        Text("Retry after", call.RetryAfter is { } wait ? Figures.Duration(wait) : null),
        Text("Message id", call.MessageId),
        Text("Request id", call.RequestId),
        Text("Batch", call.BatchId, call.BatchRequests is { } requests ? Figures.Count(requests, "request") : null),
        Text("Custom id", call.CustomId),
        Text("Session", call.Labels.Session),
        Text("Conversation", call.Labels.Conversation, call.Labels.Turn is { } turn ? $"turn {turn}" : null),
        Text("Tags", string.Join(", ", call.Labels.Tags.Select(t => $"{t.Key}={t.Value}"))),
        Text("Faults", string.Join(", ", call.Faults)) with { Tone = Tone.Doubtful });

    private static string Asked(CallRecord call) =>
        call.ModelRequested is not { } asked || Same(asked, call.Model) ? ""
        : call.ModelAlias is { } alias && Same(alias, call.Model) ? $"by ModelAliases, asked for {asked}"
        : $"asked for {asked}";

    private static Fact Outcome(CallRecord call)
    {
        var (status, name) = (CallsTable.Status(call), call.Outcome.Name());
        var says = call.Outcome == CallOutcome.Success || Same(status.Text, name) ? name : $"{name}: {status.Text}";
        var answer = call.HttpStatus is { } http ? $"HTTP {http}"
            : call.Operation == Operation.BatchResult ? "a result of a batch"
            : "no response arrived";
        return new Fact("Outcome", says, Join(answer, call.StreamEnd is { } end ? $"ended by {end.Name()}" : null), status.Tone);
    }

    private static List<Fact> Stream(CallRecord call)
    {
        var transfer = call.Transfer;
        var streaming = call.Timing.FirstContent is { } first && call.Timing.Total > first && call.Usage?.OutputTokens is { } output
            ? $"{Figures.Count((long)(output / (call.Timing.Total - first).TotalSeconds))}"
            : "";
        return Known(
            new Fact("Whole time", Figures.Duration(call.Timing.Total)),
            new Fact("Longest gap", call.Timing.LongestGap is { } gap ? Figures.Duration(gap) : ""),
            new Fact("Output speed", streaming, "tokens a second after the first content"),
            new Fact("Received", Figures.Bytes(transfer.ResponseBytes), $"in {Figures.Count(transfer.Chunks, "chunk")}"),
            new Fact("Results", call.Operation == Operation.BatchResults ? Figures.Count(transfer.Events) : "", "lines read"),
            new Fact("Events", call.IsStream ? Figures.Count(transfer.Events) : "", $"{Figures.Count(transfer.ContentBlocks, "content block")}, {Figures.Count(transfer.Pings, "ping")}"),
            new Fact("Sent", transfer.RequestBytes is { } sent ? Figures.Bytes(sent) : ""),
            new Fact("Connection", transfer.IsConnectionReused is { } isReused ? (isReused ? "reused" : "new") : ""));
    }

    private static List<Fact> Usage(CallRecord call)
    {
        if (call.Usage is not { } usage)
        {
            var estimated = call.Estimate?.OutputTokens;
            return [new Fact("Tokens", "unknown", estimated is null ? "the provider gave no counts" : $"the provider gave no counts; output estimated at {Figures.Count(estimated.Value)}", Tone.Doubtful)];
        }

        return Known(
            Tokens("Input", usage.InputTokens, "not cached"),
            Tokens("Cache read", usage.CacheReadInputTokens, usage.TotalInputTokens is > 0 ? $"{Figures.Percent(usage.CacheReadInputTokens ?? 0, usage.TotalInputTokens.Value)} of the prompt" : ""),
            Tokens("Cache write", usage.CacheCreationInputTokens, Lifetimes(usage)),
            Output(usage, call.Estimate),
            Tokens("Web searches", usage.WebSearchRequests, ""),
            Tokens("Web fetches", usage.WebFetchRequests, ""),
            Tokens("Code executions", usage.CodeExecutionRequests, ""),
            Text("Tier", usage.ServiceTier, Join(Labelled("speed", usage.Speed), Labelled("geography", usage.InferenceGeo))),
            Text("Iterations", usage.Iterations.Count > 1 ? Figures.Count(usage.Iterations.Count) : null, Join([.. usage.Iterations.Select(i => i.Model is { } m ? $"{i.Type} ({m})" : i.Type)])));
    }

    private static Fact Output(TokenUsage usage, TokenEstimate? estimate) => usage.OutputTokens is null && estimate?.OutputTokens is { } guess
        ? new Fact("Output", $"~{Figures.Count(guess)}", Bounds(estimate), Tone.Doubtful)
        : Tokens("Output", usage.OutputTokens, usage.ThinkingTokens is > 0 ? $"{Figures.Count(usage.ThinkingTokens.Value)} of it thinking" : "");

    private static IEnumerable<Section> Measured(InvocationMetrics? metrics)
    {
        if (metrics is not null)
        {
            yield return new Section
            {
                Heading = "Measured by Bedrock",
                Facts = Known(
                    Tokens("Input", metrics.InputTokens, "not cached"),
                    Tokens("Cache read", metrics.CacheReadInputTokens, ""),
                    Tokens("Cache write", metrics.CacheWriteInputTokens, ""),
                    Tokens("Output", metrics.OutputTokens, ""),
                    Text("Worked", metrics.InvocationLatency is { } whole ? Figures.Duration(whole) : null),
                    Text("First byte", metrics.FirstByteLatency is { } first ? Figures.Duration(first) : null, "after the request reached it")),
            };
        }
    }

    private static string Bounds(TokenEstimate estimate) => (estimate.OutputTokensLow, estimate.OutputTokensHigh) switch
    {
        ({ } low, { } high) => $"estimated; between {Figures.Count(low)} and {Figures.Count(high)}",
        ({ } low, null) => $"estimated; at least {Figures.Count(low)}",
        _ => "estimated",
    };

    private static string Lifetimes(TokenUsage usage) => (usage.CacheCreation5mInputTokens, usage.CacheCreation1hInputTokens) switch
    {
        (null, null) => "",
        var (five, hour) => $"{Figures.Count(five ?? 0)} for 5 minutes, {Figures.Count(hour ?? 0)} for 1 hour",
    };

    private static IEnumerable<Section> Limits(CallRecord call)
    {
        if (call.RateLimits.Count == 0)
        {
            yield break;
        }

        yield return new Section
        {
            Heading = "Rate limits",
            Table = new Table(
                [Column.Words("limit", Column.Always), new Column("remaining", Column.Always), new Column("of", 80), new Column("left", 60)],
                [
                    .. call.RateLimits.Select(IReadOnlyList<Cell> (l) =>
                    [
                        l.Kind,
                        l.Remaining is { } remaining ? Figures.Count(remaining) : "-",
                        l.Limit is { } limit ? Figures.Count(limit) : "-",
                        l is { Remaining: { } r, Limit: { } w } ? Figures.Percent(r, w) : "-",
                    ]),
                ]),
        };
    }

    private static Fact Text(string label, string? value, string? detail = null) => new(label, value ?? "", detail ?? "");

    private static string? Labelled(string label, string? value) => value is null ? null : $"{label} {value}";

    private static string Join(params ReadOnlySpan<string?> parts)
    {
        var known = new List<string>();
        foreach (var part in parts)
        {
            if (!string.IsNullOrEmpty(part))
            {
                known.Add(part);
            }
        }

        return string.Join(", ", known);
    }

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.Ordinal);

    private static Fact Tokens(string label, long? count, string detail) => new(label, count is { } known ? Figures.Count(known) : "", detail);

    private static List<Fact> Known(params ReadOnlySpan<Fact> facts)
    {
        var known = new List<Fact>();
        foreach (var fact in facts)
        {
            if (fact.Value.Length > 0)
            {
                known.Add(fact);
            }
        }

        return known;
    }
}
