namespace MessagesSimulator.Providers;

/// <summary>The checksum of AWS event streams: CRC-32 as in zip, a bit at a time.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }
        }

        return ~crc;
    }
}
