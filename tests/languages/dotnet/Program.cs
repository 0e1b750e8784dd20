using RanCognition.Languages;

switch (args)
{
    case ["story", string folder]:
        Story.Tell(folder);
        return 0;
    case ["overhead"]:
        Overhead.Measure();
        return 0;
    default:
        Console.Error.WriteLine("usage: Languages story FOLDER-OF-INPUTS | overhead");
        return 2;
}
