using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tidy.Tests.PublicApi;

/// <summary>All that a user of an assembly can name, as sorted, readable text.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The text of an assembly.</summary>
    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        var spaces = assembly.GetExportedTypes().GroupBy(type => type.Namespace ?? "", StringComparer.Ordinal);
        foreach (var space in spaces.OrderBy(space => space.Key, StringComparer.Ordinal))
        {
            text.Append("namespace ").Append(space.Key).Append('\n');
            foreach (var type in space.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                text.Append('\n').Append(Of(type));
            }

            text.Append('\n');
        }

        return text.Length == 0 ? "nothing\n" : text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The text of a type: one line for itself and one, further in, for each member.</summary>
    public static string Of(Type type)
    {
        var text = new StringBuilder("  ").Append(TypeText.Declaration(type)).Append('\n');
        foreach (var member in Members(type))
        {
            text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return Enum.GetNames(type).Zip(Enum.GetValuesAsUnderlyingType(type).Cast<object>(), (name, value) => $"{name} = {value}");
        }

        IEnumerable<(string Name, string Text)>[] kinds =
        [
            from field in type.GetFields(Declared) where IsSeen(type, field.Attributes) select (field.Name, MemberText.Of(field)),
            from made in type.GetConstructors(Declared) where IsSeen(type, made) select (made.Name, MemberText.Of(made)),
            from property in type.GetProperties(Declared) where IsSeen(type, property) select (property.Name, MemberText.Of(property)),
            from signal in type.GetEvents(Declared) where IsSeen(type, signal.AddMethod!) select (signal.Name, MemberText.Of(signal)),
            from method in type.GetMethods(Declared) where IsSeen(type, method) && IsPlain(method) select (method.Name, MemberText.Of(method)),
        ];
        return kinds.SelectMany(kind => kind
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.Text, StringComparer.Ordinal)
            .Select(member => member.Text));
    }

    // Accessors are shown by their properties and events; what a record makes for itself is shown by the word "record".
    private static bool IsPlain(MethodInfo method) =>
        !IsMade(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static bool IsMade(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.Name is "EqualityContract" or "<Clone>$";

    private static bool IsSeen(Type type, PropertyInfo property) =>
        !IsMade(property) && property.GetAccessors(nonPublic: true).Any(accessor => IsSeen(type, accessor));

    private static bool IsSeen(Type type, MethodBase method) =>
        method.IsPublic || (!type.IsSealed && (method.IsFamily || method.IsFamilyOrAssembly));

    private static bool IsSeen(Type type, FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask) switch
    {
        FieldAttributes.Public => !attributes.HasFlag(FieldAttributes.SpecialName),
        FieldAttributes.Family or FieldAttributes.FamORAssem => !type.IsSealed,
        _ => false,
    };
}
