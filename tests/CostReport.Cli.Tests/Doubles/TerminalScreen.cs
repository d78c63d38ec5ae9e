namespace CostReport.Cli.Tests.Doubles;

/// <summary>What stands on a terminal that does not wrap lines, after a program has written to it.</summary>
internal sealed class TerminalScreen
{
    private readonly char[][] _lines;
    private readonly int _width;
    private int _line;
    private int _column;

    public TerminalScreen(int width, int height)
    {
        _width = width;
        _lines = [.. Enumerable.Range(0, height).Select(_ => new char[width])];
        Erase(0, height);
    }

    /// <summary>The lines, without the spaces at their ends.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(l => new string(l).TrimEnd(' '))];

    /// <summary>Takes what a program writes.</summary>
    public void Write(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\e')
            {
                i = Obey(text, i + 2);
            }
            else
            {
                Put(text[i]);
            }
        }
    }

    private void Put(char c)
    {
        switch (c)
        {
            case '\r':
                _column = 0;
                break;
            case '\n':
                _line = Math.Min(_line + 1, _lines.Length - 1);
                break;
            default:
                // After the last column the cursor stays on it (https://vt100.net/docs/vt100-ug/chapter3.html, DECAWM).
                _lines[_line][_column] = c;
                _column = Math.Min(_column + 1, _width - 1);
                break;
        }
    }

    private int Obey(string text, int at)
    {
        var end = text.IndexOfAny([.. "HKJhlm"], at);
        switch (text[end])
        {
            case 'H':
                (_line, _column) = (0, 0);
                break;
            case 'K':
                _lines[_line].AsSpan(_column).Fill(' ');
                break;
            case 'J':
                _lines[_line].AsSpan(_column).Fill(' ');
                Erase(_line + 1, _lines.Length);
                break;
            case 'h' when text[at..end] == "?1049":
                Erase(0, _lines.Length);
                break;
        }

        return end;
    }

    private void Erase(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            _lines[i].AsSpan().Fill(' ');
        }
    }
}
