using System.Buffers;
using System.Buffers.Binary;
using CostLedger.Records;
using CostLedger.Rows;
using CostLedger.Storage;

namespace CostLedger.Resilience;

/// <summary>
/// Notes of the calls that are in flight, one slot each, so that they can be stored as interrupted should the process die. A note is
/// one write to a file that is locked while its owner lives: length, checksum, the record as JSON.
/// </summary>
/// <param name="ledger">The ledger's file.</param>
/// <param name="capacity">The most notes.</param>
internal sealed class InFlightFile(string ledger, int capacity) : IDisposable
{
    /// <summary>The size of a slot in bytes.</summary>
    public const int SlotSize = 2048;

    private const int HeaderSize = 8;
    private const string LabelsNotNoted = "labels_not_noted";

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _json;

    [ThreadStatic]
    private static byte[]? _note;

    private readonly Lock _gate = new();
    private readonly Stack<int> _free = new();
    private readonly List<CallId?> _owners = [];
    private FileStream? _file;
    private bool _isClosed;
    private long _unnoted;

    /// <summary>Calls that could not be noted.</summary>
    public long Unnoted => Interlocked.Read(ref _unnoted);

    /// <summary>Notes a call.</summary>
    /// <returns>The note's slot, from 1; zero when there is no room.</returns>
    public int Begin(CallRecord record)
    {
        var note = Format(record);
        lock (_gate)
        {
            if (!note.IsEmpty && TryReserveNeedsLock(record.Id, out var slot))
            {
                if (TryWriteNeedsLock(slot, note))
                {
                    return slot;
                }

                FreeNeedsLock(slot);
            }
        }

        Interlocked.Increment(ref _unnoted);
        return 0;
    }

    /// <summary>Replaces a note. Nothing happens when the note is gone.</summary>
    public void Update(int slot, CallRecord record)
    {
        var note = Format(record);
        lock (_gate)
        {
            if (!note.IsEmpty && IsOwnerNeedsLock(slot, record.Id))
            {
                TryWriteNeedsLock(slot, note);
            }
        }
    }

    /// <summary>Removes a note. Nothing happens when it is gone, or the place has another call's note by now.</summary>
    public void Remove(int slot, CallId id)
    {
        ReadOnlySpan<byte> nothing = [0, 0, 0, 0, 0, 0, 0, 0];
        lock (_gate)
        {
            if (IsOwnerNeedsLock(slot, id))
            {
                TryWriteNeedsLock(slot, nothing);
                FreeNeedsLock(slot);
            }
        }
    }

    /// <summary>Reads the notes in a file.</summary>
    public static IEnumerable<CallRecord> Read(FileStream file)
    {
        var slot = new byte[SlotSize];
        file.Position = 0;
        while (file.ReadAtLeast(slot, SlotSize, throwOnEndOfStream: false) is > HeaderSize and var size)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(slot);
            if (length > 0 && length <= size - HeaderSize)
            {
                var json = slot.AsSpan(HeaderSize, length);
                if (Spool.Checksum(json) == BinaryPrimitives.ReadUInt32LittleEndian(slot.AsSpan(4)) && RecordJson.TryRead(json, out var record))
                {
                    yield return record;
                }
            }
        }
    }

    /// <summary>Ends the notes. A file that still has some stays, for the next opening of the ledger.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_file is null)
            {
                return;
            }

            if (_owners.TrueForAll(owner => owner is null))
            {
                Spool.Delete(_file);
            }

            _file.Dispose();
            _file = null;
        }
    }

    private static ReadOnlySpan<byte> Format(CallRecord record)
    {
        // A note has no room for a prompt's blocks. The finished record brings them.
        record = record.Prompt is { NewNodes.Count: > 0 } prompt ? record with { Prompt = prompt with { NewNodes = [] } } : record;
        var json = _json ??= new ArrayBufferWriter<byte>(SlotSize);
        json.ResetWrittenCount();
        RecordJson.Write(record, json);
        if (json.WrittenCount > SlotSize - HeaderSize)
        {
            // Labels are the only part of a started call without a small bound.
            json.ResetWrittenCount();
            RecordJson.Write(record with { Labels = CallLabels.None, Faults = [.. record.Faults, LabelsNotNoted] }, json);
        }

        if (json.WrittenCount > SlotSize - HeaderSize)
        {
            return default;
        }

        var note = _note ??= new byte[SlotSize];
        BinaryPrimitives.WriteInt32LittleEndian(note, json.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(note.AsSpan(4), Spool.Checksum(json.WrittenSpan));
        json.WrittenSpan.CopyTo(note.AsSpan(HeaderSize));
        return note.AsSpan(0, HeaderSize + json.WrittenCount);
    }

    private bool TryReserveNeedsLock(CallId id, out int slot)
    {
        slot = 0;
        if (_isClosed || (_free.Count == 0 && _owners.Count >= capacity) || !TryOpenNeedsLock())
        {
            return false;
        }

        if (!_free.TryPop(out slot))
        {
            _owners.Add(null);
            slot = _owners.Count;
        }

        _owners[slot - 1] = id;
        return true;
    }

    private bool IsOwnerNeedsLock(int slot, CallId id) => slot > 0 && slot <= _owners.Count && _owners[slot - 1] == id;

    private void FreeNeedsLock(int slot)
    {
        _owners[slot - 1] = null;
        _free.Push(slot);
    }

    private bool TryOpenNeedsLock()
    {
        try
        {
            _file ??= LedgerPaths.OpenPrivate(LedgerPaths.InFlight(ledger), FileMode.CreateNew);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool TryWriteNeedsLock(int slot, ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_file is null)
            {
                return false;
            }

            RandomAccess.Write(_file.SafeFileHandle, bytes, (slot - 1L) * SlotSize);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
