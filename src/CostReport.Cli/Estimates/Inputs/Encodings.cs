using CostReport.Cli.Arguments;

namespace CostReport.Cli.Estimates.Inputs;

/// <summary>Tells what a file is that cannot be read as UTF-8 text.</summary>
internal static class Encodings
{
    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text without a byte order mark.</summary>
    /// <exception cref="UserError">It is empty, compressed or in another encoding.</exception>
    public static ReadOnlyMemory<byte> Check(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw UserError.Usage("is empty: give the body of a Messages request");
        }

        return bytes switch
        {
            [0x1F, 0x8B, ..] => throw UserError.Usage("is compressed by gzip: gunzip -c FILE | costreport estimate -"),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => throw UserError.Usage("is compressed by Zstandard: zstd -dc FILE | costreport estimate -"),
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => throw UserError.Usage("is UTF-16; JSON is UTF-8: iconv -f UTF-16 -t UTF-8 FILE | costreport estimate -"),
            _ => bytes.StartsWith(Utf8Mark) ? file[Utf8Mark.Length..] : file,
        };
    }
}
