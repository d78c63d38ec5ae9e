using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Spans;

/// <summary>The spans and metrics of one handler. The source and the instruments behind it are shared by the process.</summary>
internal sealed class HandlerTelemetry(HandlerInstruments instruments, GenAiConventions conventions, bool emitCostAlias)
{
    private const string OptInVariable = "OTEL_SEMCONV_STABILITY_OPT_IN";
    private const string OptInLatest = "gen_ai_latest_experimental";

    /// <summary>What the environment says of the conventions.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static GenAiConventions ConventionsOf(Func<string, string?> variable)
    {
        var choices = (variable(OptInVariable) ?? "").Split(',', StringSplitOptions.TrimEntries);
        return choices.Contains($"{OptInLatest}/dup", StringComparer.OrdinalIgnoreCase) ? GenAiConventions.Both
            : choices.Contains(OptInLatest, StringComparer.OrdinalIgnoreCase) ? GenAiConventions.Latest
            : GenAiConventions.V141;
    }

    /// <summary>Starts the span of an attempt and makes it current.</summary>
    /// <returns>Null when nobody listens.</returns>
    public CallSpan? Start(HttpRequestMessage message, MessagesEndpoint endpoint, RequestSnapshot request) =>
        instruments.Source.HasListeners() ? CallSpan.Start(instruments.Source, message, endpoint, request) : null;

    /// <summary>Ends the span and records the metrics, with the span as their exemplar's.</summary>
    public void Finish(CallSpan? span, FinishedCall call)
    {
        if (span is null)
        {
            instruments.Metrics.Record(call, conventions);
            return;
        }

        using var scope = span.MakeCurrent();
        instruments.Metrics.Record(call, conventions);
        span.Finish(call, conventions, emitCostAlias);
    }
}
