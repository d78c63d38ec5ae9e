using System.Buffers.Binary;

namespace Telemetry.Handler.EventStreams;

/// <summary>
/// The checksum of event streams: CRC-32 as Ethernet and ZIP have it (ISO-HDLC), eight bytes at a time with a table for each of
/// their places (slicing by eight).
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB8_8320;
    private const int Places = 8;
    private const int Values = 256;

    private static readonly uint[] Tables = CreateTables();

    /// <summary>The checksum of what was summed up before and these bytes.</summary>
    /// <param name="crc">The checksum so far; zero at the beginning.</param>
    /// <param name="bytes">The bytes that follow.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        var tables = Tables.AsSpan(0, Places * Values);
        while (bytes.Length >= Places)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(7 * Values) + (byte)low]
                ^ tables[(6 * Values) + (byte)(low >> 8)]
                ^ tables[(5 * Values) + (byte)(low >> 16)]
                ^ tables[(4 * Values) + (byte)(low >> 24)]
                ^ tables[(3 * Values) + (byte)high]
                ^ tables[(2 * Values) + (byte)(high >> 8)]
                ^ tables[Values + (byte)(high >> 16)]
                ^ tables[(byte)(high >> 24)];
            bytes = bytes[Places..];
        }

        foreach (var next in bytes)
        {
            crc = tables[(byte)(crc ^ next)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] CreateTables()
    {
        var tables = new uint[Places * Values];
        for (var value = 0; value < Values; value++)
        {
            var crc = (uint)value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }

            tables[value] = crc;
        }

        // A byte one place further from the end has been shifted through one byte more.
        for (var at = Values; at < tables.Length; at++)
        {
            var before = tables[at - Values];
            tables[at] = (before >> 8) ^ tables[(byte)before];
        }

        return tables;
    }
}
