using CostLedger.Records;
using Telemetry.Handler.Labels;

namespace Telemetry.Handler;

/// <summary>
/// Labels for every call made within a scope, also across awaits and through clients that hide their requests. A scope within
/// another inherits its labels and overrides them; <see cref="MessagesRequestOptions"/> override both.
/// </summary>
/// <example><code>using var _ = CallContext.Begin(session: "order-4711", tags: new Dictionary&lt;string, string&gt; { ["feature"] = "summary" });</code></example>
public sealed class CallContext : IDisposable
{
    private readonly AmbientLabels _labels;

    private CallContext(AmbientLabels labels) => _labels = labels;

    /// <summary>Begins a scope; it ends when the result is disposed, which belongs into the method that began it.</summary>
    /// <param name="session">The session that calls belong to; at most 256 characters, the rest is cut. Null: as outside.</param>
    /// <param name="tags">Tags, copied now: at most 32 with those of outer scopes, keys of at most 64 and values of at most 256
    /// characters. What is beyond is dropped or cut, and the call's record says so. Null: as outside.</param>
    /// <param name="conversation">The conversation that calls belong to, also exported as <c>gen_ai.conversation.id</c>; at most
    /// 256 characters. Null: as outside.</param>
    /// <param name="maxCostPerCall">The cost at which each streamed answer is stopped, in place of
    /// <see cref="MessagesTelemetryOptions.MaxCostPerCall"/>. Null: as outside.</param>
    /// <returns>The scope.</returns>
    public static CallContext Begin(
        string? session = null,
        IReadOnlyDictionary<string, string>? tags = null,
        string? conversation = null,
        NanoUsd? maxCostPerCall = null) => new(AmbientLabels.Begin(session, conversation, turn: null, tags, maxCostPerCall));

    /// <summary>Ends the scope.</summary>
    public void Dispose() => _labels.Dispose();
}
