namespace Telemetry.Handler.Tests.Streaming;

/// <summary>Every way in which a caller can read a stream.</summary>
internal static class Reading
{
    public static readonly string[] AsyncWays = ["ReadAsync byte[]", "ReadAsync memory", "BeginRead", "CopyToAsync", "ReadAtLeastAsync"];

    public static readonly string[] SyncWays = ["Read byte[]", "Read span", "ReadByte", "CopyTo", "ReadExactly"];

    public static Task<int> ArrayAsync(Stream stream, byte[] buffer, int offset, int count) =>
        stream.ReadAsync(buffer, offset, count, CancellationToken.None);

    public static ValueTask<int> MemoryAsync(Stream stream, Memory<byte> buffer) => stream.ReadAsync(buffer, CancellationToken.None);

    public static Task<int> BeginAndEnd(Stream stream, byte[] buffer) =>
        Task.Factory.FromAsync(stream.BeginRead, stream.EndRead, buffer, 0, buffer.Length, null);

    public static async Task<byte[]> All(Stream stream, string way, int size)
    {
        var all = new MemoryStream();
        switch (way)
        {
            case "CopyTo":
                stream.CopyTo(all, size);
                return all.ToArray();
            case "CopyToAsync":
                await stream.CopyToAsync(all, size);
                return all.ToArray();
            default:
                break;
        }

        var buffer = new byte[size];
        while (true)
        {
            var read = await Once(stream, way, buffer);
            if (read == 0)
            {
                return all.ToArray();
            }

            all.Write(buffer, 0, read);
        }
    }

    private static async ValueTask<int> Once(Stream stream, string way, byte[] buffer) => way switch
    {
        "Read byte[]" => stream.Read(buffer, 0, buffer.Length),
        "Read span" => stream.Read(buffer.AsSpan()),
        "ReadByte" => stream.ReadByte() is >= 0 and var one ? Put(buffer, (byte)one) : 0,
        "ReadExactly" => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false),
        "ReadAsync byte[]" => await ArrayAsync(stream, buffer, 0, buffer.Length),
        "ReadAsync memory" => await MemoryAsync(stream, buffer),
        "BeginRead" => await BeginAndEnd(stream, buffer),
        _ => await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false),
    };

    private static int Put(byte[] buffer, byte one)
    {
        buffer[0] = one;
        return 1;
    }
}
