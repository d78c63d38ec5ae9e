namespace Telemetry.Handler.Estimating.Overheads;

/// <summary>The tokens of tools that the provider describes itself. Source: Anthropic, Tool use, 2026-08-21.</summary>
internal static class ProviderTools
{
    private const int TextEditor = 700;
    private const int Computer = 735;
    private const int ComputerToolset = 4_560;
    private const int BrowserToolset = 6_640;

    /// <summary>The tokens of a tool's definition.</summary>
    /// <param name="type">Its type, with its date.</param>
    /// <param name="model">The model.</param>
    /// <returns>The tokens; null for a tool that no figure is known of.</returns>
    public static int? TokensOf(ReadOnlySpan<byte> type, ModelOverheads model) =>
        type.StartsWith("bash_"u8) ? model.BashTool
        : type.StartsWith("text_editor_"u8) ? TextEditor
        : type.StartsWith("computer_toolset_"u8) ? ComputerToolset
        : type.StartsWith("browser_toolset_"u8) ? BrowserToolset
        : type.StartsWith("computer_"u8) ? Computer
        : null;
}
