using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Tests.Code;

namespace Tidy.Tests.Rooms;

/// <summary>
/// What the text of a room names. Constants, enum values and <c>nameof</c> leave no trace in the compiled assembly, so
/// imports count, and qualified names, and the names of the root's types, which need no import.
/// </summary>
/// <param name="map">The project's rooms.</param>
/// <param name="types">The project's types by namespace.</param>
internal sealed class SourceUses(RoomMap map, ILookup<string, string> types)
{
    /// <summary>Everything a file names.</summary>
    public IEnumerable<RoomUse> Read(CodeFile file)
    {
        var space = string.Join('.', file.Path.Split('/')[1..^1]);
        var isRoom = !string.IsNullOrEmpty(map.RoomOf(space));
        foreach (var node in file.Syntax.DescendantNodes())
        {
            var used = node switch
            {
                UsingDirectiveSyntax import => Imported(import),
                QualifiedNameSyntax or MemberAccessExpressionSyntax => Qualified(node.ToString()),
                IdentifierNameSyntax name when isRoom && types[map.Project].Contains(name.Identifier.Text) && !IsMember(name) =>
                    (map.Project, name.Identifier.Text),
                _ => ((string, string)?)null,
            };
            if (used is var (usedSpace, type))
            {
                yield return new RoomUse(space, file.Name, map.Assembly, usedSpace, type);
            }
        }
    }

    private (string Space, string Type)? Imported(UsingDirectiveSyntax import)
    {
        var name = import.NamespaceOrType.ToString();
        return map.RoomOf(name) is null ? null : Qualified(name) ?? (name, "*");
    }

    // "CostLedger.Records.Provider.X" and, from inside the project, "Records.Provider.X".
    private (string Space, string Type)? Qualified(string name)
    {
        var parts = name.Replace("global::", "", StringComparison.Ordinal).Split('.');
        for (var length = parts.Length - 1; length > 0; length--)
        {
            var space = string.Join('.', parts[..length]);
            var full = map.RoomOf(space) is null ? $"{map.Project}.{space}" : space;
            if (types[full].Contains(parts[length]))
            {
                return (full, parts[length]);
            }
        }

        return null;
    }

    // "call.Program" names a member of something, "Program.Main" and "new Program()" the type.
    private static bool IsMember(IdentifierNameSyntax name) =>
        (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
        || name.Parent is QualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax or MemberBindingExpressionSyntax
        || (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name);
}
