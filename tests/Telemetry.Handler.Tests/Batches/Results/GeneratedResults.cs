using System.Globalization;
using System.Text;

namespace Telemetry.Handler.Tests.Batches.Results;

/// <summary>A file of any number of succeeded results that exists only while it is read.</summary>
internal sealed class GeneratedResults : Stream
{
    private const string Number = "########";

    private readonly int _count;
    private readonly byte[] _line;
    private readonly int[] _places;
    private int _next;
    private int _position = int.MaxValue;

    public GeneratedResults(int count)
    {
        var line = ResultsFile.Succeeded(Number, text: new string('x', 400)) + "\n";
        _count = count;
        _line = Encoding.ASCII.GetBytes(line);
        _places = [line.IndexOf(Number, StringComparison.Ordinal), line.LastIndexOf(Number, StringComparison.Ordinal)];
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position >= _line.Length && !TryBegin())
        {
            return 0;
        }

        var length = Math.Min(buffer.Length, _line.Length - _position);
        _line.AsSpan(_position, length).CopyTo(buffer);
        _position += length;
        return length;
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool TryBegin()
    {
        if (_next == _count)
        {
            return false;
        }

        var number = (_next++).ToString("D8", CultureInfo.InvariantCulture);
        foreach (var place in _places)
        {
            Encoding.ASCII.GetBytes(number, _line.AsSpan(place));
        }

        _position = 0;
        return true;
    }
}
