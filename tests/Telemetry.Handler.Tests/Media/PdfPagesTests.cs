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
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write("1 0 2 30 <</Type/Page/A 1>> <</Type/Page/A 2>> <</Type/Pages>>"u8);
        }

        byte[] pdf = [.. "%PDF-1.5\n4 0 obj<</Type/ObjStm/N 2/Filter/FlateDecode>>stream\r\n"u8, .. packed.ToArray(), .. "\nendstream endobj 5 0 obj<</Type/Page>>"u8];

        Assert.Equal(3, PdfPages.Count(Base64(pdf)));
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

    private static byte[] Base64(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));
}
