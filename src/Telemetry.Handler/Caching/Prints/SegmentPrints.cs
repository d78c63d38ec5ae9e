using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Prints;

/// <summary>
/// Takes prints of segments while their text is at hand, each content once, and keeps them within a bound. Safe for use by many
/// threads. The hashes are keyed with a key that nobody else has and that ends with the process.
/// </summary>
internal sealed class SegmentPrints
{
    private const int MaxName = 64;
    private const int MaxText = 8 * 1024;

    private readonly Lock _lock = new();
    private readonly TwoGenerations<ulong, SegmentPrint> _prints;
    private readonly ulong _key;
    private readonly ulong _otherKey;
    private readonly bool _keepsTexts;

    /// <param name="capacity">Bytes of all prints.</param>
    /// <param name="keepsTexts">Whether the beginnings of texts are kept too.</param>
    public SegmentPrints(long capacity, bool keepsTexts = false)
    {
        _keepsTexts = keepsTexts;
        _prints = new TwoGenerations<ulong, SegmentPrint>(capacity);
        Span<byte> key = stackalloc byte[2 * sizeof(ulong)];
        RandomNumberGenerator.Fill(key);
        _key = BinaryPrimitives.ReadUInt64LittleEndian(key);
        _otherKey = BinaryPrimitives.ReadUInt64LittleEndian(key[sizeof(ulong)..]);
    }

    /// <summary>A counter for <see cref="Segments.Reading.SegmentReader"/> that takes prints beside what another counts.</summary>
    /// <param name="counter">The counter; null: nobody counts.</param>
    public ISegmentCounter Over(ISegmentCounter? counter) => new Printer(this, counter);

    /// <summary>The print of a segment by what a path remembers of its hash; null when none was taken or it was forgotten.</summary>
    public SegmentPrint? Find(ulong mark)
    {
        lock (_lock)
        {
            return _prints.TryGet(mark, out var print) ? print : null;
        }
    }

    private void Take(in Segment segment, ReadOnlySpan<byte> text)
    {
        var key = Calls.SegmentMark.HashOf(segment);
        lock (_lock)
        {
            if (_prints.TryGet(key, out _))
            {
                return;
            }
        }

        var print = new SegmentPrint(text.Length, PiecesOf(text), segment.Kind is SegmentKind.Tool ? ToolOf(text) : null)
        {
            Text = _keepsTexts && segment.Kind is SegmentKind.Text ? text[..Math.Min(text.Length, MaxText)].ToArray() : null,
        };
        lock (_lock)
        {
            _prints.Set(key, print, print.Bytes);
        }
    }

    private ushort[] PiecesOf(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (var offset = 0; offset < text.Length; offset += SegmentPrint.PieceAt(offset))
        {
            count++;
        }

        var pieces = new ushort[count];
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var length = SegmentPrint.PieceAt(at);
            pieces[i] = (ushort)(Hash(text.Slice(at, Math.Min(length, text.Length - at))) >> 48);
            at += length;
        }

        return pieces;
    }

    // Sixteen bytes a step, each multiplied under the key.
    private ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = _key ^ (ulong)bytes.Length;
        Span<byte> step = stackalloc byte[16];
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(step.Length, bytes.Length);
            bytes[..taken].CopyTo(step);
            step[taken..].Clear();
            var high = Math.BigMul(
                BinaryPrimitives.ReadUInt64LittleEndian(step) ^ hash,
                BinaryPrimitives.ReadUInt64LittleEndian(step[sizeof(ulong)..]) ^ _otherKey,
                out var low);
            hash = high ^ low;
            bytes = bytes[taken..];
        }

        return Math.BigMul(hash ^ _otherKey, 0x9E3779B97F4A7C15, out var rest) ^ rest;
    }

    // {"name":…,"description":…,"input_schema":…}, as a tool says itself.
    private ToolPrint? ToolOf(ReadOnlySpan<byte> text)
    {
        try
        {
            var (name, description, schema) = ("", 0UL, 0UL);
            var json = new Utf8JsonReader(text);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var (isName, isDescription) = (json.ValueTextEquals("name"u8), json.ValueTextEquals("description"u8));
                json.Read();
                var start = (int)json.TokenStartIndex;
                name = isName && json.TokenType == JsonTokenType.String ? NameOf(json.ValueSpan) : name;
                json.Skip();
                var value = Hash(text[start..(int)json.BytesConsumed]) | 1;
                (description, schema) = isDescription ? (value, schema) : isName ? (description, schema) : (description, value);
            }

            return new ToolPrint(name, description, schema);
        }
        catch (JsonException)
        {
            // A definition that is no such object is compared as text alone.
            return null;
        }
    }

    private static string NameOf(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name[..Math.Min(name.Length, MaxName)]);

    private sealed class Printer(SegmentPrints prints, ISegmentCounter? counter) : ISegmentCounter
    {
        public int Count(in Segment segment, ReadOnlySpan<byte> text)
        {
            prints.Take(segment, text);
            return counter?.Count(segment, text) ?? 0;
        }
    }
}
