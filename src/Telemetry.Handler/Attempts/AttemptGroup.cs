using System.Diagnostics;
using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>The attempts of one logical call that are sent as different messages.</summary>
/// <param name="first">The first attempt's key.</param>
internal sealed class AttemptGroup(CallId first)
{
    public CallId First => first;

    /// <summary>The span of the latest attempt.</summary>
    public ActivityContext? Previous { get; set; }
}
