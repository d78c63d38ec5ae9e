using System.IO.Compression;
using System.Text;
using Telemetry.Handler.Media;
using Xunit;

namespace Telemetry.Handler.Tests.Media;

public sealed class PdfPagesTests
{
    [Fact]
    public void Page_objects_are_counted_and_the_tree_of_pages_is_not() =>
        Assert.Equal(2, Count("%PDF-1.4\n1 0 obj<</Type/Pages/Count 2>>endobj 2 0 obj <</Type /Page\n>>endobj 3 0 obj<< /Type\r\n/Page/Parent 1 0 R>>endobj"));

    [Fact]
    public void Pages_in_compressed_object_streams_are_counted()
    {
        var stream = ObjectStream("1 0 2 30 <</Type/Page/A 1>> <</Type/Page/A 2>> <</Type/Pages>>"u8.ToArray());
        byte[] pdf = [.. "%PDF-1.5\n"u8, .. stream, .. "5 0 obj<</Type/Page>>"u8];

        Assert.Equal(3, PdfPages.Count(Base64(pdf)));
    }

    [Fact]
    public void Each_stream_is_unpacked_once_however_often_it_is_named()
    {
        var names = string.Concat(Enumerable.Repeat("<</Type/ObjStm>>", 280));
        byte[] pdf = [.. Encoding.ASCII.GetBytes($"%PDF-1.5\n{names}stream\n"), .. Deflated("<</Type/Page/A 1>>"u8.ToArray())];

        Assert.Equal(1, PdfPages.Count(Base64(pdf)));
    }

    [Fact]
    public void Pages_are_counted_wherever_a_chunk_ends()
    {
        var page = "<</Type /Page /A 1>>"u8.ToArray();
        for (var before = 65_500; before < 65_540; before++)
        {
            byte[] pdf = [.. ObjectStream([.. new byte[before], .. page, .. new byte[70_000], .. page])];

            Assert.Equal(2, PdfPages.Count(Base64([.. "%PDF-1.5\n"u8, .. pdf])));
        }
    }

    [Fact]
    public void A_document_that_unpacks_to_too_much_has_no_count_and_takes_little_memory()
    {
        var bomb = ObjectStream([.. "<</Type/Page>>"u8, .. new byte[16 * 1024 * 1024]]);
        var base64 = Base64([.. "%PDF-1.5\n"u8, .. Enumerable.Repeat(bomb, 20).SelectMany(part => part)]);
        _ = PdfPages.Count(base64);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var pages = PdfPages.Count(base64);

        Assert.Null(pages);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public void Streams_without_number_are_not_all_begun()
    {
        var pdf = Enumerable.Repeat(ObjectStream("<</Type/Page>>"u8.ToArray()), 10_000).SelectMany(part => part);

        Assert.Null(PdfPages.Count(Base64([.. "%PDF-1.5\n"u8, .. pdf])));
    }

    [Fact]
    public void A_stream_far_behind_a_name_is_not_its_own()
    {
        byte[] pdf = [.. Encoding.ASCII.GetBytes($"%PDF-1.5\n/ObjStm{new string(' ', 4_000)}stream\n"), .. Deflated("<</Type/Page>>"u8.ToArray())];

        Assert.Null(PdfPages.Count(Base64(pdf)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no document")]
    [InlineData("%PDF-1.7\nnothing in it")]
    [InlineData("%PDF-1.7\n<</Type/ObjStm>>stream\nnot packed\nendstream")]
    [InlineData("%PDF-1.7\n<</Type/ObjStm")]
    public void A_document_without_pages_that_can_be_found_has_no_count(string text) => Assert.Null(Count(text));

    [Fact]
    public void What_is_no_base64_has_no_count() => Assert.Null(PdfPages.Count("%%%%"u8));

    private static int? Count(string text) => PdfPages.Count(Base64(Encoding.Latin1.GetBytes(text)));

    private static byte[] ObjectStream(byte[] content) =>
        [.. "4 0 obj<</Type/ObjStm/N 2/Filter/FlateDecode>>stream\r\n"u8, .. Deflated(content), .. "\nendstream endobj "u8];

    private static byte[] Deflated(byte[] content)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Base64(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));
}
