# Fit people crossed with raters and questions with lme4 and print, as JSON, seconds of each run and what was found.
# Arguments: the folder that many_raters.py wrote, and how many runs.
suppressMessages(library(lme4))
folder <- commandArgs(trailingOnly = TRUE)[1]
runs <- as.integer(commandArgs(trailingOnly = TRUE)[2])
column <- function(name, kind, size) {
  path <- file.path(folder, name)
  readBin(path, kind, file.size(path) / size, size = size)
}
ratings <- data.frame(score = column("scores", "double", 4), person = factor(column("people", "integer", 4)),
                      rater = factor(column("raters", "integer", 4)), question = factor(column("questions", "integer", 1)))
list_of <- function(numbers) paste0("[", paste(sprintf("%.17g", numbers), collapse = ", "), "]")
seconds <- c()
spent <- c()
for (run in 1:runs) {
  begun <- proc.time()
  fit <- lmer(score ~ 1 + (1 | person) + (1 | rater) + (1 | question), data = ratings,
              control = lmerControl(calc.derivs = FALSE))
  taken <- proc.time() - begun
  seconds <- c(seconds, taken[["elapsed"]])
  spent <- c(spent, taken[["user.self"]] + taken[["sys.self"]])
}
found <- as.data.frame(VarCorr(fit))
variances <- found$vcov[match(c("person", "rater", "question", "Residual"), found$grp)]
status <- if (file.exists("/proc/self/status")) readLines("/proc/self/status") else character()
peak <- as.integer(gsub("[^0-9]", "", grep("^VmHWM", status, value = TRUE)))
cat(sprintf('{"version": "%s on R %s.%s", "peak_memory_mb": %s, "seconds": %s, "processor_seconds": %s, "variances": %s, "mean": %.17g, "deviance": %.17g}\n',
            packageVersion("lme4"), R.version$major, R.version$minor, if (length(peak)) round(peak / 1024) else "null",
            list_of(seconds), list_of(spent), list_of(variances), fixef(fit)[[1]], REMLcrit(fit)))
