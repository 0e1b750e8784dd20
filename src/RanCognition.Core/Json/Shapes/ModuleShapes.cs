using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A <see cref="ModuleInterfaces"/> as JSON has it: with the names alone too, and what switches nothing beside the loader's options.</summary>
internal sealed record ModuleInterfacesShape(
    string Module, IReadOnlyList<string> Names, IReadOnlyList<ModuleInterface> Interfaces, IReadOnlyList<IgnoredField> Ignored, LoaderShape Loader);

internal sealed record LoaderShape(
    uint MemorySize, uint MaxMemorySize, bool EnableSimd, bool EnableBulkMemory, bool EnableMultiThreading, IReadOnlyList<IgnoredField> WithoutEffect,
    IReadOnlyList<IgnoredField> Ignored);

internal sealed class ModuleInterfacesConverter : ShapeConverter<ModuleInterfaces, ModuleInterfacesShape>
{
    protected override ModuleInterfaces From(ModuleInterfacesShape shape) => new()
    {
        Module = shape.Module,
        Interfaces = shape.Interfaces,
        Ignored = shape.Ignored,
        WithoutEffect = shape.Loader.WithoutEffect,
        Loader = new LoaderOptions
        {
            MemoryPages = shape.Loader.MemorySize,
            MaxMemoryPages = shape.Loader.MaxMemorySize,
            Simd = shape.Loader.EnableSimd,
            BulkMemory = shape.Loader.EnableBulkMemory,
            MultiThreading = shape.Loader.EnableMultiThreading,
            Ignored = shape.Loader.Ignored,
        },
    };

    protected override ModuleInterfacesShape To(ModuleInterfaces value) => new(
        value.Module, [.. value.Interfaces.Select(offered => offered.Name)], value.Interfaces, value.Ignored,
        new LoaderShape(
            value.Loader.MemoryPages, value.Loader.MaxMemoryPages, value.Loader.Simd, value.Loader.BulkMemory, value.Loader.MultiThreading, value.WithoutEffect, value.Loader.Ignored));
}

/// <summary>A <see cref="ModuleMemory"/> as JSON has it: with what follows from its fields, and a pool without ignored.</summary>
internal sealed record ModuleMemoryShape(
    string Module, ulong PageSize, uint InitialPages, uint MaximumPages, ulong MaximumBytes, ulong UsedBytes, ulong LoaderUsedBytes, MemoryPoolShape Pool);

internal sealed class ModuleMemoryConverter : ShapeConverter<ModuleMemory, ModuleMemoryShape>
{
    protected override ModuleMemory From(ModuleMemoryShape shape) => new()
    {
        Module = shape.Module,
        InitialPages = shape.InitialPages,
        MaximumPages = shape.MaximumPages,
        UsedBytes = shape.UsedBytes,
        LoaderUsedBytes = shape.LoaderUsedBytes,
        Pool = shape.Pool.Stats(),
    };

    protected override ModuleMemoryShape To(ModuleMemory value) => new(
        value.Module, LoaderLimits.PageBytes, value.InitialPages, value.MaximumPages, value.MaximumBytes, value.UsedBytes, value.LoaderUsedBytes, MemoryPoolShape.Of(value.Pool, null));
}
