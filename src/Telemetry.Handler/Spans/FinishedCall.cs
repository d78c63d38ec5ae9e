using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Spans;

/// <summary>All that is known of an attempt at its end.</summary>
internal readonly record struct FinishedCall(
    CallRecord Record,
    CostBreakdown Breakdown,
    RequestSnapshot Request,
    ResponseHeaders? Headers,
    bool IsCompacted);
