namespace Testing.Otlp;

/// <summary>Takes one span, metric or log record of an export request.</summary>
/// <param name="message">It.</param>
/// <param name="origin">Who made it.</param>
internal delegate void SignalTaker(ReadOnlySpan<byte> message, OtlpOrigin origin);
