using System.Text;
using Telemetry.Handler.Media;
using Xunit;

namespace Telemetry.Handler.Tests.Media;

public sealed class PdfPageMemoryTests
{
    private static readonly byte[] OnePage = Base64("%PDF-1.4 <</Type/Page>>");

    [Fact]
    public void A_document_is_counted_once()
    {
        var key = (UInt128)0x5EED_0001;
        var other = (byte[])OnePage.Clone();
        other.AsSpan().Fill((byte)'A');

        Assert.Equal(1, PdfPageMemory.Of(key, OnePage));
        Assert.Equal(1, PdfPageMemory.Of(key, other));
        Assert.Null(PdfPageMemory.Of(key + 1, other));
    }

    [Fact]
    public void Documents_of_one_place_do_not_take_each_others_count()
    {
        var two = Base64("%PDF-1.4 <</Type/Page>><</Type/Page>>");
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0u; i < 600; i++)
            {
                Assert.Equal(i % 2 == 0 ? 1 : 2, PdfPageMemory.Of(((UInt128)0x5EED << 64) + i, i % 2 == 0 ? OnePage : two));
            }
        }
    }

    [Fact]
    public void The_same_key_with_another_length_is_another_document() =>
        Assert.NotEqual(PdfPageMemory.Of(0x5EED_0003, OnePage), PdfPageMemory.Of(0x5EED_0003, Base64("no document")));

    private static byte[] Base64(string text) => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.Latin1.GetBytes(text)));
}
