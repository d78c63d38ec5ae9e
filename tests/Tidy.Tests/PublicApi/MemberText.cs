using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tidy.Tests.PublicApi;

/// <summary>Members as C# writes them.</summary>
internal static class MemberText
{
    private static readonly NullabilityInfoContext s_nulls = new();

    public static string Of(FieldInfo field)
    {
        var kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "";
        return $"{Guarded(field.IsPublic)}{kind}{TypeText.Used(field.FieldType, s_nulls.Create(field))} {field.Name}{value}";
    }

    public static string Of(ConstructorInfo made) => $"{Guarded(made.IsPublic)}new({Parameters(made)})";

    public static string Of(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true);
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Of))}]";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Guarded(accessors.Any(accessor => accessor.IsPublic))}{Inherited(accessors[0])}{required}"
            + $"{TypeText.Used(property.PropertyType, s_nulls.Create(property))} {name} {{ {Getter(property)}{Setter(property)}}}";
    }

    public static string Of(EventInfo signal) =>
        $"{Inherited(signal.AddMethod!)}event {TypeText.Used(signal.EventHandlerType!, s_nulls.Create(signal))} {signal.Name}";

    public static string Of(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        var extended = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Guarded(method.IsPublic)}{Inherited(method)}{Returned(method)} {method.Name}{generic}({extended}{Parameters(method)})";
    }

    public static string Returned(MethodInfo method) => TypeText.Used(method.ReturnType, s_nulls.Create(method.ReturnParameter));

    public static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Of));

    private static string Of(ParameterInfo parameter)
    {
        var way = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? " = " + Default(parameter) : "";
        return $"{way}{TypeText.Used(parameter.ParameterType, s_nulls.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Getter(PropertyInfo property) => property.GetMethod is { } get && IsSeen(get) ? "get; " : "";

    private static string Setter(PropertyInfo property)
    {
        if (property.SetMethod is not { } set || !IsSeen(set))
        {
            return "";
        }

        return set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";
    }

    private static string Inherited(MethodInfo method) => method switch
    {
        { IsStatic: true, IsAbstract: true } => "static abstract ",
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        _ when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static bool IsSeen(MethodInfo accessor) => accessor.IsPublic || accessor.IsFamily || accessor.IsFamilyOrAssembly;

    private static string Guarded(bool isPublic) => isPublic ? "" : "protected ";

    private static string Default(ParameterInfo parameter) => parameter is { ParameterType.IsEnum: true, RawDefaultValue: { } number }
        ? $"{parameter.ParameterType.Name}.{Enum.ToObject(parameter.ParameterType, number)}"
        : Literal(parameter.RawDefaultValue);

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
