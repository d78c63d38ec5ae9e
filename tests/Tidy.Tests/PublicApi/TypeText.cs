using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tidy.Tests.PublicApi;

/// <summary>Types as C# writes them.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> s_words = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    /// <summary>The line that declares a type.</summary>
    public static string Declaration(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {MemberText.Returned(invoke)} {Own(type)}({MemberText.Parameters(invoke)})";
        }

        var parents = Parents(type);
        return $"{Kind(type)} {Own(type)}{(parents.Count == 0 ? "" : " : " + string.Join(", ", parents))}";
    }

    /// <summary>A type where it is used, with what is known of its nulls.</summary>
    public static string Used(Type type, NullabilityInfo? nulls)
    {
        if (type.IsByRef)
        {
            return Used(type.GetElementType()!, nulls);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Used(value, null) + "?";
        }

        var mark = nulls is { ReadState: NullabilityState.Nullable } or { ReadState: NullabilityState.Unknown, WriteState: NullabilityState.Nullable } ? "?" : "";
        return Plain(type, nulls) + (type.IsValueType || type.IsGenericParameter ? "" : mark);
    }

    private static string Plain(Type type, NullabilityInfo? nulls)
    {
        if (s_words.TryGetValue(type, out var word))
        {
            return word;
        }

        if (type.IsArray)
        {
            return Used(type.GetElementType()!, nulls?.ElementType) + "[]";
        }

        if (!type.IsGenericType)
        {
            return type.IsNested && !type.IsGenericParameter ? $"{Plain(type.DeclaringType!, null)}.{type.Name}" : type.Name;
        }

        var arguments = type.GetGenericArguments();
        var known = nulls?.GenericTypeArguments is { } inner && inner.Length == arguments.Length ? inner : null;
        var used = string.Join(", ", arguments.Select((argument, i) => Used(argument, known?[i])));
        return typeof(ITuple).IsAssignableFrom(type) ? $"({used})" : $"{Bare(type)}<{used}>";
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] enum" : "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")
            + (type.IsByRefLike ? "ref " : "") + (IsRecord(type) ? "record struct" : "struct"),
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (IsRecord(type) ? "record" : "class"),
    };

    private static List<string> Parents(Type type)
    {
        if (type.IsEnum)
        {
            var underlying = Enum.GetUnderlyingType(type);
            return underlying == typeof(int) ? [] : [Used(underlying, null)];
        }

        var inherited = (type.BaseType?.GetInterfaces() ?? []).Concat(type.GetInterfaces().SelectMany(one => one.GetInterfaces()));
        var own = type.GetInterfaces().Except(inherited).Where(one => one.IsVisible && !IsMadeByRecord(type, one)).Select(one => Used(one, null)).Order(StringComparer.Ordinal);
        var parent = type.BaseType is null || type.IsValueType || type.BaseType == typeof(object) ? [] : new[] { Used(type.BaseType, null) };
        return [.. parent.Concat(own)];
    }

    private static string Own(Type type)
    {
        var name = type.IsNested ? $"{Bare(type.DeclaringType!)}.{Bare(type)}" : Bare(type);
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(argument => argument.Name))}>" : name;
    }

    private static string Bare(Type type) => type.Name.Split('`')[0];

    private static bool IsMadeByRecord(Type type, Type parent) => IsRecord(type) && parent == typeof(IEquatable<>).MakeGenericType(type);

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;
}
