namespace Telemetry.Handler.Prompting;

/// <summary>The expected length of an answer, in tokens.</summary>
/// <param name="Likely">The middle; null where too little is known.</param>
/// <param name="Low">Nine of ten are longer.</param>
/// <param name="High">Nine of ten are shorter, or the request's limit.</param>
internal readonly record struct OutputExpectation(long? Likely, long? Low, long? High);
