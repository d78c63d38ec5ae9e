using System.IO.Compression;
using CostLedger.Pricing;
using CostLedger.Pricing.Files;
using CostLedger.Querying.Reading;
using CostLedger.Storage;

namespace CostLedger.Querying.Prices;

/// <summary>Price lists that a ledger holds, so that old costs can be explained after the list has changed.</summary>
internal static class StoredPriceBook
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Reads the list of a version; null when the ledger does not hold its file.</summary>
    /// <exception cref="LedgerException">What it holds is damaged.</exception>
    public static PriceBook? Read(LedgerConnection connection, string version)
    {
        using var find = connection.Prepare("SELECT content FROM price_books WHERE version = ?1 AND length(content) > 0");
        find.Bind(1, version);
        return find.Step() ? Parse(find.Bytes(0).ToArray(), version) : null;
    }

    private static PriceBook Parse(byte[] packed, string version)
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
            var content = new byte[MaxBytes];
            var length = brotli.ReadAtLeast(content, MaxBytes, throwOnEndOfStream: false);
            return PriceBook.Parse(content.AsMemory(0, length), version);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or PriceFileException)
        {
            throw Damaged(version, e);
        }
    }

    private static LedgerException Damaged(string version, Exception cause) =>
        new($"The price list {version} in the ledger is damaged; prices of then cannot be explained, stored costs are not affected.", cause);
}
