using RanCognition.HeaderGen;
using RanCognition.HeaderGen.Reading;

bool check = args is ["--check", ..];
string[] rest = check ? args[1..] : args;
if (rest is not [string root] || root.StartsWith('-'))
{
    Console.Error.WriteLine("usage: HeaderGen [--check] <repository root>");
    Console.Error.WriteLine("Writes the header, the raw layers of the bindings and the ABI golden from the exports of RanCognition.Native;");
    Console.Error.WriteLine("with --check writes nothing, names each file that differs and exits with 1.");
    return 2;
}
if (!File.Exists(Path.Combine(root, "Directory.Build.props")))
{
    Console.Error.WriteLine($"HeaderGen: {root} is not the root of the repository");
    return 2;
}
try
{
    var model = ApiReader.ReadLibrary();
    IReadOnlyList<string> differing = check ? GeneratedFiles.Check(root, model) : GeneratedFiles.Write(root, model);
    foreach (string path in differing)
    {
        Console.WriteLine(check ? $"differs from the exports: {path}" : $"wrote {path}");
    }
    Console.WriteLine($"{model.Functions.Count()} exports, ABI {model.AbiVersion}, {differing.Count} of {GeneratedFiles.All(model).Count} files {(check ? "differ" : "written")}");
    return check && differing.Count > 0 ? 1 : 0;
}
catch (GenerationException error)
{
    Console.Error.WriteLine($"HeaderGen: {error.Message}");
    return 1;
}
