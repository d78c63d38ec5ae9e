using System.Net.Http.Headers;
using CostLedger.Records;
using Telemetry.Handler;
using Xunit;

namespace EndToEnd.Tests.Providers;

/// <summary>
/// The stream that Bedrock's client translates answers few of the ways to read a stream. Through the handler each way gives the
/// same bytes, and fails only where it fails without.
/// </summary>
[Collection(ObservedCalls.Name)]
public sealed class ReadOverloadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The ways to read an answer, by name.</summary>
    private static readonly Dictionary<string, Func<HttpContent, Task<byte[]>>> Ways = new(StringComparer.Ordinal)
    {
        ["ReadAsync(Memory)"] = content => ReadAsync(content, static (stream, buffer) => stream.ReadAsync(buffer.AsMemory(), Cancellation)),
        ["ReadAsync(Memory) of one byte"] = content => ReadAsync(content, static (stream, buffer) => stream.ReadAsync(buffer.AsMemory(0, 1), Cancellation)),
        ["ReadAsync(byte[])"] = content => ReadAsync(content, static (stream, buffer) => new ValueTask<int>(OldReadAsync(stream, buffer))),
        ["BeginRead"] = content => ReadAsync(content, static (stream, buffer) =>
            new ValueTask<int>(Task<int>.Factory.FromAsync(stream.BeginRead, stream.EndRead, buffer, 0, buffer.Length, null))),
        ["Read(byte[])"] = content => ReadAsync(content, static (stream, buffer) => ValueTask.FromResult(stream.Read(buffer, 0, buffer.Length))),
        ["Read(Span)"] = content => ReadAsync(content, static (stream, buffer) => ValueTask.FromResult(stream.Read(buffer.AsSpan()))),
        ["ReadByte"] = content => ReadAsync(content, static (stream, buffer) => ValueTask.FromResult(ReadByte(stream, buffer))),
        ["Stream.CopyToAsync"] = content => CopyAsync(async to => await (await content.ReadAsStreamAsync(Cancellation)).CopyToAsync(to, Cancellation)),
        ["Stream.CopyTo"] = content => CopyAsync(async to => (await content.ReadAsStreamAsync(Cancellation)).CopyTo(to)),
        ["ReadAsStream"] = content => CopyAsync(to => content.ReadAsStream(Cancellation).CopyToAsync(to, Cancellation)),
        ["HttpContent.CopyToAsync"] = content => CopyAsync(to => content.CopyToAsync(to, Cancellation)),
        ["LoadIntoBufferAsync"] = async content =>
        {
            await content.LoadIntoBufferAsync(Cancellation);
            return await content.ReadAsByteArrayAsync(Cancellation);
        },
        ["ReadAsByteArrayAsync"] = content => content.ReadAsByteArrayAsync(Cancellation),
        ["ReadAsStringAsync"] = async content => System.Text.Encoding.UTF8.GetBytes(await content.ReadAsStringAsync(Cancellation)),
    };

    /// <summary>The ways that have no asynchronous read to turn to: there the stream says no, and so do we.</summary>
    private static readonly string[] Synchronous = ["Read(byte[])", "Read(Span)", "ReadByte", "Stream.CopyTo", "ReadAsStream"];

    public static TheoryData<string> Names() => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_way_of_reading_does_what_it_does_without_us(string way)
    {
        var (expected, without) = await RunAsync(way, isObserved: false);
        var (bytes, with) = await RunAsync(way, isObserved: true);

        // What fails without us succeeds with us where it can, and nothing fails in another way.
        Assert.True(with is null || with == without, $"{way}: {with?.Name} instead of {without?.Name ?? "bytes"}");
        Assert.Equal(Synchronous.Contains(way, StringComparer.Ordinal), with is not null);
        if (with is null)
        {
            Assert.Equal(expected ?? await WholeAsync(), bytes);
        }
    }

    private static async Task<byte[]?> WholeAsync() => (await RunAsync("ReadAsync(Memory)", isObserved: false)).Bytes;

    private static async Task<(byte[]? Bytes, Type? Error)> RunAsync(string way, bool isObserved)
    {
        await using var setup = await ProviderSetup.StartAsync();
        using var handler = new MessagesTelemetryHandler(new MessagesTelemetryOptions { WriteToLedger = false });
        using var reader = new Reader(Ways[way]);
        using var client = ProviderClient.Create(Provider.Bedrock, setup.Server.BaseUrl, isObserved ? [reader, handler] : [reader]);
        await ProviderSetup.AskAsync(client, Provider.Bedrock, Asking.Stream);
        return (reader.Bytes, reader.Error);
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, Func<Stream, byte[], ValueTask<int>> read)
    {
        using var all = new MemoryStream();
        var buffer = new byte[700];
        await using var stream = await content.ReadAsStreamAsync(Cancellation);
        while (await read(stream, buffer) is > 0 and var count)
        {
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    private static async Task<byte[]> CopyAsync(Func<Stream, Task> copy)
    {
        using var all = new MemoryStream();
        await copy(all);
        return all.ToArray();
    }

#pragma warning disable CA1835 // The old overload is what is tested.
    private static Task<int> OldReadAsync(Stream stream, byte[] buffer) => stream.ReadAsync(buffer, 0, buffer.Length, Cancellation);
#pragma warning restore CA1835

    private static int ReadByte(Stream stream, byte[] buffer)
    {
        var one = stream.ReadByte();
        buffer[0] = (byte)Math.Max(one, 0);
        return one < 0 ? 0 : 1;
    }

    /// <summary>Reads the answer in one way, and passes on an answer that the SDK can read in its own.</summary>
    private sealed class Reader(Func<HttpContent, Task<byte[]>> way) : DelegatingHandler
    {
        private const string Empty = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

        public byte[]? Bytes { get; private set; }

        public Type? Error { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            try
            {
                Bytes = await way(response.Content);
            }
            catch (Exception error) when (error is NotSupportedException or NotImplementedException or HttpRequestException)
            {
                Error = (error.InnerException ?? error).GetType();
            }

            response.Content.Dispose();
            response.Content = new ByteArrayContent(Bytes ?? System.Text.Encoding.UTF8.GetBytes(Empty));
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
            return response;
        }
    }
}
