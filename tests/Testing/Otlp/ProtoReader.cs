using System.Buffers.Binary;
using System.Text;

namespace Testing.Otlp;

/// <summary>Reads the fields of a protobuf message, one by one. Wire format: protobuf.dev/programming-guides/encoding.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = message;
    private int _wireType;
    private bool _pending;

    /// <summary>The number of the field that was moved to.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next field, past the value of the last one when nobody read it.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Next()
    {
        if (_pending)
        {
            Skip();
        }

        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadRawVarint();
        Field = (int)(tag >> 3);
        _wireType = (int)(tag & 7);
        _pending = true;
        return true;
    }

    public long ReadInteger()
    {
        _pending = false;
        return _wireType == Fixed64 ? (long)Take64() : (long)ReadRawVarint();
    }

    public double ReadDouble()
    {
        _pending = false;
        return BitConverter.UInt64BitsToDouble(Take64());
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        _pending = false;
        return Take((int)ReadRawVarint());
    }

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>Reads eight-byte numbers, packed into one field or one in this field.</summary>
    /// <param name="into">Where they go.</param>
    public void ReadFixed64(List<ulong> into)
    {
        if (_wireType == Fixed64)
        {
            _pending = false;
            into.Add(Take64());
            return;
        }

        for (var packed = ReadBytes(); !packed.IsEmpty; packed = packed[8..])
        {
            into.Add(BinaryPrimitives.ReadUInt64LittleEndian(packed));
        }
    }

    private void Skip()
    {
        _pending = false;
        switch (_wireType)
        {
            case Varint:
                ReadRawVarint();
                break;
            case Fixed64:
                Take(8);
                break;
            case Bytes:
                Take((int)ReadRawVarint());
                break;
            case Fixed32:
                Take(4);
                break;
            default:
                throw new InvalidDataException($"wire type {_wireType} of field {Field} is unknown");
        }
    }

    private ulong ReadRawVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a varint of more than ten bytes");
    }

    private ulong Take64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)_rest.Length)
        {
            throw new InvalidDataException("the message ends within a field");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
