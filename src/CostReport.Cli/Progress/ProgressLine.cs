using System.Globalization;

namespace CostReport.Cli.Progress;

/// <summary>
/// One line on standard error that says how far long work is, drawn over in place and erased at the end. There is none where standard
/// error is no terminal, and none for work that is soon done.
/// </summary>
internal sealed class ProgressLine : IProgress<long>, IDisposable
{
    /// <summary>Work that takes no longer is not spoken of.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the line is drawn.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly TextWriter? _errors;
    private readonly TimeProvider _time;
    private readonly string _work;
    private readonly string _unit;
    private readonly long _begun;
    private readonly ITimer? _timer;
    private readonly Lock _lock = new();
    private long _done;
    private int _drawn;
    private bool _isOver;

    /// <summary>Begins work.</summary>
    /// <param name="errors">Standard error, where it is a terminal; null where it is none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">What is done, such as <c>reading the ledger</c>.</param>
    /// <param name="unit">What is counted, in the plural; empty where nothing is.</param>
    public ProgressLine(TextWriter? errors, TimeProvider time, string work, string unit)
    {
        (_errors, _time, _work, _unit) = (errors, time, work, unit);
        _begun = time.GetTimestamp();
        _timer = errors is null ? null : time.CreateTimer(static line => ((ProgressLine)line!).Draw(), this, Patience, Every);
    }

    /// <summary>Tells how much is done.</summary>
    public void Report(long value) => Volatile.Write(ref _done, value);

    /// <summary>Ends the work: the line is erased.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            _isOver = true;
            if (_drawn > 0)
            {
                Write($"\r{new string(' ', _drawn)}\r");
            }
        }
    }

    // A timer may fire once more after its end.
    private void Draw()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                var text = Text();
                Write($"\r{text.PadRight(_drawn)}");
                _drawn = Math.Max(_drawn, text.Length);
            }
        }
    }

    // Short enough for any terminal: a line that wraps could not be drawn over.
    private string Text()
    {
        var seconds = (long)_time.GetElapsedTime(_begun).TotalSeconds;
        var done = Volatile.Read(ref _done) is > 0 and var some ? $" {some.ToString("N0", CultureInfo.InvariantCulture)} {_unit}," : "";
        return string.Create(CultureInfo.InvariantCulture, $"costreport: {_work}...{done} {seconds} s");
    }

    private void Write(string text)
    {
        try
        {
            _errors?.Write(text);
            _errors?.Flush();
        }
        catch (IOException)
        {
            // The terminal is gone. What was asked for is done all the same.
            _isOver = true;
        }
    }
}
