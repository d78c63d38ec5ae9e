using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CostLedger.Records.Prompts;

namespace CostLedger.Rows;

/// <summary>
/// The new nodes of a prompt as short arrays: chain, parent, segment, level, kind, role, message, block, bytes, bytes of text,
/// tokens, and the tool's name where there is one. The parent is 0 where it is the node before, as it nearly always is.
/// </summary>
internal sealed class NewNodesConverter : JsonConverter<IReadOnlyList<PromptNode>>
{
    private const int HashDigits = 32;
    private const int MaxNameLength = 128;

    /// <summary>Reads a hash as <see cref="Write(Utf8JsonWriter, UInt128)"/> writes it.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static UInt128 ReadHash(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            && UInt128.TryParse(reader.GetString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException();

    /// <summary>Writes a hash in hexadecimal digits.</summary>
    public static void Write(Utf8JsonWriter writer, UInt128 hash)
    {
        Span<char> digits = stackalloc char[HashDigits];
        hash.TryFormat(digits, out var length, "x32", CultureInfo.InvariantCulture);
        writer.WriteStringValue(digits[..length]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<PromptNode> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        UInt128? before = null;
        for (var i = 0; i < Math.Min(value.Count, PromptPath.MaxNewNodes); i++)
        {
            Write(writer, value[i], before);
            before = value[i].Chain;
        }

        writer.WriteEndArray();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<PromptNode> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Require(reader.TokenType == JsonTokenType.StartArray);
        var nodes = new List<PromptNode>();
        UInt128? before = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            var node = ReadNode(ref reader, before);
            nodes.Add(node);
            before = node.Chain;
        }

        Require(reader.TokenType == JsonTokenType.EndArray);
        return nodes;
    }

    private static void Write(Utf8JsonWriter writer, in PromptNode node, UInt128? before)
    {
        writer.WriteStartArray();
        Write(writer, node.Chain);
        if (node.Parent == before)
        {
            writer.WriteNumberValue(0);
        }
        else if (node.Parent is { } parent)
        {
            Write(writer, parent);
        }
        else
        {
            writer.WriteNullValue();
        }

        Write(writer, node.Segment);
        writer.WriteNumberValue((int)node.Level);
        writer.WriteNumberValue((int)node.Kind);
        writer.WriteNumberValue((int)node.Role);
        writer.WriteNumberValue(node.Message);
        writer.WriteNumberValue(node.Block);
        writer.WriteNumberValue(node.Bytes);
        writer.WriteNumberValue(node.TextBytes);
        writer.WriteNumberValue(node.Tokens);
        if (node.ToolName is { } name)
        {
            writer.WriteStringValue(name.AsSpan(0, Math.Min(name.Length, MaxNameLength)));
        }

        writer.WriteEndArray();
    }

    private static PromptNode ReadNode(ref Utf8JsonReader reader, UInt128? before)
    {
        reader.Read();
        var node = new PromptNode
        {
            Chain = ReadHash(ref reader),
            Parent = ReadParent(ref reader, before),
            Segment = ReadSegment(ref reader),
            Level = (PromptLevel)ReadNumber(ref reader),
            Kind = (PromptKind)ReadNumber(ref reader),
            Role = (PromptRole)ReadNumber(ref reader),
            Message = ReadNumber(ref reader),
            Block = ReadNumber(ref reader),
            Bytes = ReadNumber(ref reader),
            TextBytes = ReadNumber(ref reader),
            Tokens = ReadNumber(ref reader),
        };
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            node = node with { ToolName = reader.GetString() };
            reader.Read();
        }

        Require(reader.TokenType == JsonTokenType.EndArray);
        return node;
    }

    private static UInt128? ReadParent(ref Utf8JsonReader reader, UInt128? before)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Number => before,
            JsonTokenType.Null => null,
            _ => ReadHash(ref reader),
        };
    }

    private static UInt128 ReadSegment(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ReadHash(ref reader);
    }

    private static int ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        Require(reader.TokenType == JsonTokenType.Number);
        return reader.TryGetInt32(out var number) ? number : throw new JsonException();
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new JsonException();
        }
    }
}
