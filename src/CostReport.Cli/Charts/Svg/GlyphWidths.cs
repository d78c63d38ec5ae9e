using System.Globalization;
using System.Text;

namespace CostReport.Cli.Charts.Svg;

/// <summary>
/// How far each character moves the pen, in thousandths of the font size. The pictures name no font that every machine has, so
/// each figure is the greater of those in DejaVu Sans and Liberation Sans (the widths of Arial), between which the usual fonts
/// of screens lie: a text is never wider than its figure, and seldom much narrower.
/// </summary>
internal static class GlyphWidths
{
    private const int FirstAscii = 0x20;
    private const int FirstLatin = 0xA0;
    private const int AfterLatin = 0x100;

    // U+0020 to U+007E.
    private static readonly short[] s_ascii =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
        636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 556,
        1015, 684, 686, 722, 770, 667, 611, 778, 752, 295, 500, 667, 557, 863, 748, 787,
        667, 787, 722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 337, 390, 838, 556,
        500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
        635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    // U+00A0 to U+00FF.
    private static readonly short[] s_latin =
    [
        318, 401, 636, 636, 636, 636, 337, 556, 500, 1000, 471, 612, 838, 361, 1000, 552,
        500, 838, 401, 401, 500, 636, 636, 318, 500, 401, 471, 612, 969, 969, 969, 611,
        684, 684, 684, 684, 684, 684, 1000, 722, 667, 667, 667, 667, 295, 295, 295, 295,
        775, 748, 787, 787, 787, 787, 787, 838, 787, 732, 732, 732, 732, 667, 667, 630,
        613, 613, 613, 613, 613, 613, 982, 550, 615, 615, 615, 615, 278, 278, 278, 278,
        612, 634, 612, 612, 612, 612, 612, 838, 612, 634, 634, 634, 634, 592, 635, 592,
    ];

    private static readonly short[] s_boldAscii =
    [
        348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365,
        696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 611,
        1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 556, 775, 637, 995, 837, 850,
        733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 556,
        500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687,
        716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
    ];

    private static readonly short[] s_boldLatin =
    [
        348, 456, 696, 696, 636, 696, 365, 556, 500, 1000, 564, 646, 838, 415, 1000, 552,
        500, 838, 438, 438, 500, 736, 636, 380, 500, 438, 564, 646, 1035, 1035, 1035, 611,
        774, 774, 774, 774, 774, 774, 1085, 734, 683, 683, 683, 683, 372, 372, 372, 372,
        838, 837, 850, 850, 850, 850, 850, 838, 850, 812, 812, 812, 812, 724, 738, 719,
        675, 675, 675, 675, 675, 675, 1048, 593, 678, 678, 678, 678, 343, 343, 343, 343,
        687, 712, 687, 687, 687, 687, 687, 838, 687, 712, 712, 712, 712, 652, 716, 652,
    ];

    // Beyond Latin-1: what nearly all characters up to a bound stay below, in the bold faces too.
    private static readonly (int End, int Width)[] s_blocks =
    [
        (0x250, 1000), (0x370, 1060), (0x400, 1000), (0x530, 1180), (0x600, 980), (0x800, 1240), (0x1100, 1100), (0x2000, 1100),
        (0x2070, 1000), (0x20D0, 1272), (0x2E80, 1120), (0x1F000, 1060), (0x110000, 1440),
    ];

    /// <summary>The width of one character.</summary>
    public static int Of(Rune rune, bool bold) => rune.Value switch
    {
        >= FirstAscii and < 0x7F => (bold ? s_boldAscii : s_ascii)[rune.Value - FirstAscii],
        >= FirstLatin and < AfterLatin => (bold ? s_boldLatin : s_latin)[rune.Value - FirstLatin],
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
        _ => Array.Find(s_blocks, block => rune.Value < block.End).Width,
    };
}
