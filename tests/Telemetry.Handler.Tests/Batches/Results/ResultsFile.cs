using System.Globalization;
using System.Text;
using Telemetry.Handler.Batches.Results;
using Telemetry.Handler.Streaming;
using Telemetry.Handler.Tests.Messages;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Tests.Batches.Results;

/// <summary>Lines of a batch's results, and a reader that writes down what the parser finds in them.</summary>
internal static class ResultsFile
{
    public const string Errored = """
        {"custom_id":"bad","result":{"type":"errored","error":{"type":"error","error":{"details":null,"type":"invalid_request_error","message":"max_tokens: required"},"request_id":"req_7"}}}
        """;

    public const string Canceled = """{"custom_id":"late","result":{"type":"canceled"}}""";

    public const string Expired = """{"custom_id":"old","result":{"type":"expired"}}""";

    public static string Succeeded(string customId, string model = "claude-opus-5", string usage = "\"input_tokens\":100,\"output_tokens\":10", string text = "Hi") => """
        {"custom_id":"NAME","result":{"type":"succeeded","message":{"id":"msg_NAME","type":"message","role":"assistant","model":"MODEL","content":[{"type":"text","text":"TEXT"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{USAGE,"service_tier":"batch"}}}}
        """.Replace("NAME", customId, StringComparison.Ordinal)
        .Replace("MODEL", model, StringComparison.Ordinal)
        .Replace("USAGE", usage, StringComparison.Ordinal)
        .Replace("TEXT", text, StringComparison.Ordinal);

    public static byte[] Of(params IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Parses a file in pieces of the lengths that are given, over and over.</summary>
    public static (string Found, ResultsParser Parser) Parse(ReadOnlySpan<byte> file, Func<int> next, string? encoding = null)
    {
        var found = new Notes();
        var parser = new ResultsParser(new ChunkClock(new StoppedTime(), 0), found);
        parser.Decoding(encoding);
        while (!file.IsEmpty)
        {
            var length = Math.Min(next(), file.Length);
            parser.Feed(file[..length]);
            file = file[length..];
        }

        parser.Complete();
        return (found.Text.ToString(), parser);
    }

    private sealed class Notes : IResultSink
    {
        public StringBuilder Text { get; } = new();

        public bool Take(ResultLine line, long size)
        {
            var document = line.Document;
            Text.Append(
                CultureInfo.InvariantCulture,
                $"{line.CustomId} {line.Kind} {document[Field.Id]} {document[Field.Model]} {document[Field.StopReason]} {document[Field.StopCategory]} "
                + $"{document[Field.ErrorType]} {line.BareErrorType} {document[Field.RequestId]} {document.ToUsage() with { Iterations = [] }} "
                + $"[{string.Join(' ', document.ToUsage().Iterations)}] blocks:{document.ContentBlocks} bytes:{size}\n");
            return true;
        }
    }
}
