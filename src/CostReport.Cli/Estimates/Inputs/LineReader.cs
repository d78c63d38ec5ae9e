using CostReport.Cli.Arguments;

namespace CostReport.Cli.Estimates.Inputs;

/// <summary>Reads a stream line by line, as bytes. A line is lent until the next is asked for.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>The longest line: more than the API takes as one request.</summary>
    public const int LongestLine = 256 * 1024 * 1024;

    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the last line that was read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>False behind the last one.</returns>
    /// <exception cref="UserError">A line is too long: what it belongs to is no list of requests.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_start + searched, _end - _start - searched);
            var at = rest.IndexOf((byte)'\n');
            if (at >= 0 || (_isAtEnd && _end > _start))
            {
                var length = at >= 0 ? searched + at : _end - _start;
                line = _buffer.AsMemory(_start, length);
                _start = Math.Min(_end, _start + length + 1);
                Number++;
                return true;
            }

            if (_isAtEnd)
            {
                line = default;
                return false;
            }

            searched = _end - _start;
            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine)
            {
                throw UserError.Usage($"has a line, the {Number + 1}th, of more than 256 MiB; --jsonl takes one request a line");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = Read();
        _end += read;
        _isAtEnd = read == 0;
    }

    private int Read()
    {
        try
        {
            return stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UserError.Usage($"cannot be read: {error.Message}");
        }
    }
}
