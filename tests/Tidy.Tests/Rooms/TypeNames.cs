using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Tidy.Tests.Rooms;

/// <summary>Turns metadata into the outermost types that it names.</summary>
/// <param name="metadata">The assembly's metadata.</param>
internal sealed class TypeNames(MetadataReader metadata) : ISignatureTypeProvider<IReadOnlyList<TypeName>, object?>
{
    private readonly string _self = metadata.GetString(metadata.GetAssemblyDefinition().Name);

    public IReadOnlyList<TypeName> Of(EntityHandle handle) => handle.IsNil ? [] : handle.Kind switch
    {
        HandleKind.TypeDefinition => [OfDefinition((TypeDefinitionHandle)handle)],
        HandleKind.TypeReference => [OfReference((TypeReferenceHandle)handle)],
        HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        HandleKind.MethodDefinition => [OfDefinition(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())],
        _ => [],
    };

    public TypeName OfDefinition(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return new TypeName(_self, metadata.GetString(type.Namespace), Short(type.Name));
    }

    public TypeName OfReference(TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        }

        var assembly = type.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
            : _self;
        return new TypeName(assembly, metadata.GetString(type.Namespace), Short(type.Name));
    }

    public IReadOnlyList<TypeName> GetArrayType(IReadOnlyList<TypeName> elementType, ArrayShape shape) => elementType;

    public IReadOnlyList<TypeName> GetByReferenceType(IReadOnlyList<TypeName> elementType) => elementType;

    public IReadOnlyList<TypeName> GetFunctionPointerType(MethodSignature<IReadOnlyList<TypeName>> signature) =>
        [.. signature.ParameterTypes.Append(signature.ReturnType).SelectMany(names => names)];

    public IReadOnlyList<TypeName> GetGenericInstantiation(IReadOnlyList<TypeName> genericType, ImmutableArray<IReadOnlyList<TypeName>> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(names => names)];

    public IReadOnlyList<TypeName> GetGenericMethodParameter(object? genericContext, int index) => [];

    public IReadOnlyList<TypeName> GetGenericTypeParameter(object? genericContext, int index) => [];

    public IReadOnlyList<TypeName> GetModifiedType(IReadOnlyList<TypeName> modifier, IReadOnlyList<TypeName> unmodifiedType, bool isRequired) =>
        [.. modifier, .. unmodifiedType];

    public IReadOnlyList<TypeName> GetPinnedType(IReadOnlyList<TypeName> elementType) => elementType;

    public IReadOnlyList<TypeName> GetPointerType(IReadOnlyList<TypeName> elementType) => elementType;

    public IReadOnlyList<TypeName> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public IReadOnlyList<TypeName> GetSZArrayType(IReadOnlyList<TypeName> elementType) => elementType;

    public IReadOnlyList<TypeName> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Of(handle);

    public IReadOnlyList<TypeName> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Of(handle);

    public IReadOnlyList<TypeName> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Of(handle);

    private string Short(StringHandle name)
    {
        var text = metadata.GetString(name);
        var tick = text.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? text : text[..tick];
    }
}
