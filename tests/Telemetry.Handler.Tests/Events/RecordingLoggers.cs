using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Telemetry.Handler.Tests.Events;

/// <summary>Keeps what is logged, and under which span.</summary>
internal sealed class RecordingLoggers(LogLevel lowest = LogLevel.Trace) : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<Entry> _entries = new();

    public IReadOnlyList<Entry> Entries => [.. _entries];

    public string? Category { get; private set; }

    /// <summary>Whether it fails, as a logger whose disk is full.</summary>
    public bool IsBroken { get; init; }

    public IReadOnlyList<Entry> Of(string name) => [.. _entries.Where(e => e.Id.Name == name)];

    public ILogger CreateLogger(string categoryName)
    {
        Category = categoryName;
        return this;
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsBroken)
        {
            throw new IOException("No space left on device.");
        }

        var attributes = ((IReadOnlyList<KeyValuePair<string, object?>>)state!).ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        _entries.Enqueue(new Entry(logLevel, eventId, attributes, formatter(state, exception), exception, Activity.Current?.SpanId));
    }

    internal sealed record Entry(
        LogLevel Level, EventId Id, IReadOnlyDictionary<string, object?> Attributes, string Text, Exception? Exception, ActivitySpanId? Span);
}
