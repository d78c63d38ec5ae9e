namespace Telemetry.Handler.Names;

/// <summary>Names of log events. They are the names of the loggers' event ids, which exporters send as <c>event_name</c>.</summary>
internal static class LogEvents
{
    public const string AttemptFailed = "costledger.attempt.failed";
    public const string PriceMissing = "costledger.price.missing";
    public const string CacheBreak = "costledger.cache.break";
    public const string CacheBreakExpected = "costledger.cache.break.expected";
    public const string BudgetExceeded = "costledger.budget.exceeded";
    public const string LoopDetected = "costledger.loop.detected";
    public const string OperationException = "gen_ai.client.operation.exception";
    public const string OperationDetails = "gen_ai.client.inference.operation.details";
}
