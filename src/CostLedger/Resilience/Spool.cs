using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using CostLedger.Records;
using CostLedger.Rows;
using CostLedger.Storage;

namespace CostLedger.Resilience;

/// <summary>
/// The files that take records when the ledger does not. One record a line: a checksum, the time of writing, the record as JSON.
/// A file is locked while its owner lives; what is not a whole line with the right checksum is ignored.
/// </summary>
/// <param name="ledger">The ledger's file.</param>
/// <param name="survivePowerLoss">Whether every write is forced to the disk.</param>
internal sealed class Spool(string ledger, bool survivePowerLoss) : IDisposable
{
    private const int ChecksumDigits = 8;
    private const int MaxLine = 4 * 1024 * 1024;
    private const int MaxNameAttempts = 16;
    private const long MaxBytes = 1024L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly Queue<FileStream> _closed = new();
    private FileStream? _current;
    private int _number;
    private volatile bool _hasRecords;

    /// <summary>Whether this process has spooled records that are not replayed.</summary>
    public bool HasRecords => _hasRecords;

    /// <summary>Appends records, all or none.</summary>
    /// <returns>Whether they are in the file.</returns>
    public bool TryAppend(IReadOnlyList<SpoolEntry> entries)
    {
        lock (_gate)
        {
            _lines.ResetWrittenCount();
            foreach (var (record, writtenUs) in entries)
            {
                Format(record, writtenUs);
            }

            return TryAppendNeedsLock(_lines.WrittenSpan);
        }
    }

    /// <summary>Closes the current file for replaying; later records go to another.</summary>
    /// <returns>The oldest file that is not replayed; null when there is none. It stays locked until <see cref="Remove"/>.</returns>
    public FileStream? OldestForReplay()
    {
        lock (_gate)
        {
            if (_current is not null)
            {
                _closed.Enqueue(_current);
                _current = null;
            }

            return _closed.TryPeek(out var oldest) ? oldest : null;
        }
    }

    /// <summary>Deletes a file whose records are all in the ledger.</summary>
    public void Remove(FileStream replayed)
    {
        lock (_gate)
        {
            if (_closed.TryPeek(out var oldest) && ReferenceEquals(oldest, replayed))
            {
                _closed.Dequeue();
            }

            Delete(replayed);
            _hasRecords = _current is not null || _closed.Count > 0;
        }
    }

    /// <summary>Deletes a file and gives up its lock.</summary>
    public static void Delete(FileStream file)
    {
        if (OperatingSystem.IsWindows())
        {
            // An open file cannot be deleted there. Who gets hold of it in between replays the same records to no effect.
            file.Dispose();
        }

        try
        {
            File.Delete(file.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone with its folder, or not to be deleted: who finds it later takes in the same records to no effect.
        }

        file.Dispose();
    }

    /// <summary>Reads a file's records.</summary>
    /// <param name="file">The file.</param>
    /// <param name="damaged">Told of every line that is no record.</param>
    public static IEnumerable<SpoolEntry> Read(FileStream file, Action damaged)
    {
        file.Position = 0;
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            if (TryParse(line, out var entry))
            {
                yield return entry;
            }
            else if (line.Length > 0)
            {
                damaged();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _current?.Dispose();
            _current = null;
            while (_closed.TryDequeue(out var file))
            {
                file.Dispose();
            }
        }
    }

    private static bool TryParse(string line, out SpoolEntry entry)
    {
        entry = default;
        if (line.Length is <= ChecksumDigits or > MaxLine
            || !uint.TryParse(line.AsSpan(0, ChecksumDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum))
        {
            return false;
        }

        var body = Encoding.UTF8.GetBytes(line, ChecksumDigits, line.Length - ChecksumDigits);
        var json = body.AsSpan().IndexOf((byte)'{');
        if (Checksum(body) != checksum
            || json < 0
            || !long.TryParse(body.AsSpan(0, json).Trim((byte)' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var writtenUs)
            || !RecordJson.TryRead(body.AsSpan(json), out var record))
        {
            return false;
        }

        entry = new SpoolEntry(record, writtenUs);
        return true;
    }

    /// <summary>The CRC-32C of some bytes.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    private void Format(CallRecord record, long writtenUs)
    {
        _line.ResetWrittenCount();
        var time = _line.GetSpan(32);
        time[0] = (byte)' ';
        writtenUs.TryFormat(time[1..], out var digits, default, CultureInfo.InvariantCulture);
        time[digits + 1] = (byte)' ';
        _line.Advance(digits + 2);
        RecordJson.Write(record, _line);

        Checksum(_line.WrittenSpan).TryFormat(_lines.GetSpan(ChecksumDigits), out _, "x8", CultureInfo.InvariantCulture);
        _lines.Advance(ChecksumDigits);
        _lines.Write(_line.WrittenSpan);
        _lines.Write("\n"u8);
    }

    private bool TryAppendNeedsLock(ReadOnlySpan<byte> lines)
    {
        var length = 0L;
        try
        {
            _current ??= Create();
            length = _current.Length;
            if (length + lines.Length > MaxBytes)
            {
                return false;
            }

            _current.Position = length;
            _current.Write(lines);
            _current.Flush(flushToDisk: survivePowerLoss);
            _hasRecords = true;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryTruncate(length);
            return false;
        }
    }

    // A part of a record would be ignored by readers, but what is appended after it would stand on the same line.
    private void TryTruncate(long length)
    {
        try
        {
            _current?.SetLength(length);
        }
        catch (IOException)
        {
            // The next records go to a new file instead.
            _closed.Enqueue(_current!);
            _current = null;
        }
    }

    private FileStream Create()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return LedgerPaths.OpenPrivate(LedgerPaths.Spool(ledger, ++_number), FileMode.CreateNew);
            }
            catch (IOException) when (attempt < MaxNameAttempts && Path.Exists(LedgerPaths.Spool(ledger, _number)))
            {
                // Left by a process that had the same id.
            }
        }
    }
}
