namespace Telemetry.Handler.Caching.Prints;

/// <summary>What is remembered of a tool's definition.</summary>
/// <param name="Name">Its name, shortened.</param>
/// <param name="Description">A hash of its description; zero where it has none.</param>
/// <param name="Schema">A hash of its schema; zero where it has none.</param>
internal sealed record ToolPrint(string Name, ulong Description, ulong Schema)
{
    /// <summary>The members that differ, as a request names them; null where it is neither of these.</summary>
    public string? MembersChangedSince(ToolPrint other) => (Description == other.Description, Schema == other.Schema) switch
    {
        (false, true) => "description",
        (true, false) => "input_schema",
        (false, false) => "description and input_schema",
        _ => null,
    };
}
