using System.Globalization;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Output;
using CostReport.Cli.Sources;
using CostReport.Cli.World;

namespace CostReport.Cli.Live.Watching;

/// <summary>
/// A terminal's second screen, drawn over in place: no flicker, nothing left in the history, and at the end the terminal is as
/// it was (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html).
/// </summary>
internal sealed class FrameDisplay : IWatchDisplay
{
    // The second screen, no cursor, no wrapping: a line that is too long would push all others down.
    private const string Enter = "\e[?1049h\e[?25l\e[?7l";
    private const string Leave = "\e[?7h\e[?25h\e[?1049l";

    // A terminal that knows them shows all between these at once.
    private const string Begin = "\e[?2026h\e[H";
    private const string End = "\e[?2026l";

    // What stood there is erased before the line is written: after the last column the cursor stays on it, and would erase that.
    private const string Line = "\e[K";
    private const string NextLine = "\r\n" + Line;
    private const string LastLine = "\r\n\e[J";

    // The program is woken at any time, on another thread than the one that draws.
    private readonly Lock _lock = new();
    private readonly Surroundings _surroundings;
    private readonly TimeSpan _every;
    private readonly bool _ascii;
    private Screen _drawn;
    private string _frame = "";

    /// <summary>Takes the terminal.</summary>
    public FrameDisplay(Surroundings surroundings, TimeSpan every, bool ascii)
    {
        (_surroundings, _every, _ascii, _drawn) = (surroundings, every, ascii, surroundings.Screen());
        Put(Enter);
    }

    /// <inheritdoc/>
    public bool IsStale => _surroundings.Screen() != _drawn;

    /// <inheritdoc/>
    public string Make(ILedgerSource ledger, Invocation invocation)
    {
        _drawn = _surroundings.Screen();
        using var text = new StringWriter();
        new TextReport(text, _drawn with { Ascii = _drawn.Ascii || _ascii }).Write(WatchReport.Of(ledger, invocation));
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Show(string text) => Draw(text.TrimEnd('\n').Split('\n'), new Cell(string.Create(CultureInfo.InvariantCulture, $"Looked at every {_every.TotalSeconds} s; Ctrl+C ends."), Tone.Muted));

    /// <inheritdoc/>
    public void Trouble(string text)
    {
        _drawn = _surroundings.Screen();
        Draw([.. CellText.Wrap(CellText.Fit(text, _ascii), _drawn.DrawingWidth)], new Cell("Trying again; Ctrl+C ends.", Tone.Doubtful));
    }

    /// <summary>Takes the terminal again after another program had it (<c>fg</c> after Ctrl+Z), with what was there.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            Put(Enter + _frame);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Put(Leave);

    // What does not fit is left out below: the top is what one watches for.
    private void Draw(IReadOnlyList<string> lines, Cell foot)
    {
        var room = Math.Max(1, (_drawn.Height ?? int.MaxValue) - 2);
        var shown = string.Join(NextLine, lines.Take(room).Append(""));
        lock (_lock)
        {
            _frame = Begin + Line + shown + LastLine + Ansi.Paint(foot.Text, foot.Tone, _drawn.HasColor) + End;
            Put(_frame);
        }
    }

    private void Put(string text) => ReportWriter.Text(_surroundings, writer => writer.Write(text));
}
