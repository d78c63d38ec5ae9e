using System.Text.Json;
using static Telemetry.Handler.Requests.RequestShape;

namespace Telemetry.Handler.Requests;

/// <summary>Counts the elements of a list of blocks, and the places in it that are marked to be cached.</summary>
internal readonly struct BlockMarks(InputReach reach, Slot slot)
{
    // A tool's result holds blocks of its own, and they may be marked too.
    private const int MaxBlockNesting = 3;

    private enum BlockMember
    {
        Other,
        Mark,
        Point,
        Content,
    }

    /// <summary>Reads the list that the reader stands on.</summary>
    public (int Items, int Marks) Read(ref Utf8JsonReader json) =>
        ReadBlocks(ref json, slot == Slot.Messages ? MaxBlockNesting + 1 : MaxBlockNesting, slot != Slot.Messages);

    private (int Items, int Marks) ReadBlocks(ref Utf8JsonReader json, int nesting, bool canBeMarked)
    {
        var items = 0;
        var marks = 0;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return (items, marks);
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            items++;
            if (json.TokenType == JsonTokenType.StartObject)
            {
                var (own, isPoint) = ReadBlock(ref json, nesting, canBeMarked);
                marks += own;
                items -= isPoint ? 1 : 0;
            }
            else
            {
                json.Skip();
            }
        }

        return (items, marks);
    }

    // Converse has no marks on blocks but points between them.
    private (int Marks, bool IsPoint) ReadBlock(ref Utf8JsonReader json, int nesting, bool canBeMarked)
    {
        var own = 0;
        var inner = 0;
        var isPoint = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(ref json);
            if (canBeMarked && (member is BlockMember.Mark or BlockMember.Point))
            {
                json.Read();
                own = json.TokenType == JsonTokenType.StartObject ? 1 : 0;
                isPoint |= member == BlockMember.Point && own == 1;
            }
            else if (nesting > 0 && member == BlockMember.Content)
            {
                json.Read();
                inner = ReadBlocks(ref json, nesting - 1, canBeMarked: true).Marks;
            }
            else
            {
                reach.Block(ref json, isTool: slot == Slot.Tools);
            }

            json.Skip();
        }

        return (own + inner, isPoint);
    }

    private static BlockMember MemberOf(ref Utf8JsonReader json) =>
        JsonText.Is(ref json, "cache_control"u8) ? BlockMember.Mark
        : JsonText.Is(ref json, "cachePoint"u8) ? BlockMember.Point
        : JsonText.Is(ref json, "content"u8) ? BlockMember.Content
        : BlockMember.Other;
}
